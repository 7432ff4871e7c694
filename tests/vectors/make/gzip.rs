//! gzip and zlib made by hand (RFC 1950 to 1952), so that the files do not
//! change with a library, and lists are not only read by what wrote them.
//!
//! One block with the fixed codes: literals, and runs of one byte.

/// Bits, least significant first.
#[derive(Default)]
struct Bits {
    bytes: Vec<u8>,
    count: usize,
}

impl Bits {
    fn push(&mut self, value: u32, length: usize) {
        for at in 0..length {
            if self.count.is_multiple_of(8) {
                self.bytes.push(0);
            }
            let bit = u8::from(value >> at & 1 == 1);
            *self.bytes.last_mut().expect("a byte") |= bit << (self.count % 8);
            self.count += 1;
        }
    }

    /// Huffman codes stand with their most significant bit first.
    fn push_code(&mut self, code: u32, length: usize) {
        self.push(code.reverse_bits() >> (32 - length), length);
    }

    /// A symbol of the fixed literal and length code (RFC 1951 §3.2.6).
    fn push_symbol(&mut self, symbol: u32) {
        match symbol {
            0..=143 => self.push_code(0x30 + symbol, 8),
            144..=255 => self.push_code(0x190 + symbol - 144, 9),
            256..=279 => self.push_code(symbol - 256, 7),
            _ => self.push_code(0xc0 + symbol - 280, 8),
        }
    }
}

const LONGEST_RUN: usize = 258;

/// One deflate block.
fn deflate(content: &[u8]) -> Vec<u8> {
    let mut bits = Bits::default();
    bits.push(1, 1);
    bits.push(1, 2);
    let mut at = 0;
    while at < content.len() {
        let byte = content[at];
        bits.push_symbol(u32::from(byte));
        at += 1;
        let same = content[at..]
            .iter()
            .take_while(|other| **other == byte)
            .count();
        for _ in 0..same / LONGEST_RUN {
            bits.push_symbol(285);
            bits.push_code(0, 5);
            at += LONGEST_RUN;
        }
    }
    bits.push_symbol(256);
    bits.bytes
}

/// One gzip member.
pub fn gzip(content: &[u8]) -> Vec<u8> {
    let mut file = vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];
    file.extend(deflate(content));
    file.extend(crc32fast::hash(content).to_le_bytes());
    let length = u32::try_from(content.len()).expect("a length");
    file.extend(length.to_le_bytes());
    file
}

pub fn zlib(content: &[u8]) -> Vec<u8> {
    const MODULUS: u32 = 65_521;
    let (mut low, mut high) = (1, 0);
    for byte in content {
        low = (low + u32::from(*byte)) % MODULUS;
        high = (high + low) % MODULUS;
    }
    let mut file = vec![0x78, 0x01];
    file.extend(deflate(content));
    file.extend((high << 16 | low).to_be_bytes());
    file
}
