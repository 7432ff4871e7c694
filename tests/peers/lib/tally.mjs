// Runs cases one after the other, prints a line for each, counts.

/** Thrown by a case that cannot be run here, with the reason. */
export class Skip extends Error {}

export class Tally {
  passed = 0;
  failed = 0;
  skipped = 0;

  constructor(only) {
    this.only = only;
  }

  /** Whether a case is among those asked for. */
  wants(name) {
    return !this.only || name.includes(this.only);
  }

  /** Runs one case. It passes unless it throws. Returns what it returned. */
  async run(name, work, wanted = this.wants(name)) {
    if (!wanted) return undefined;
    try {
      const value = await work();
      this.passed += 1;
      console.log(`ok    ${name}`);
      return value;
    } catch (error) {
      if (error instanceof Skip) this.skip(name, error.message);
      else this.fail(name, error);
      return undefined;
    }
  }

  skip(name, reason) {
    this.skipped += 1;
    console.log(`skip  ${name}: ${oneLine(reason)}`);
  }

  fail(name, error) {
    this.failed += 1;
    console.log(`FAIL  ${name}: ${oneLine(error.message)}`);
  }

  summary() {
    if (this.skipped > 0) console.log(`${this.skipped} skipped, each with its reason above`);
    console.log(`${this.passed} passed, ${this.failed} failed`);
    return this.failed === 0 && this.passed > 0;
  }
}

/** How the peers say that a signature does not fit. */
export const BAD_SIGNATURE = /invalid[ _]signature|signature verification failed/i;

/** Fails unless a verdict `{accepted, why}` is acceptance. */
export function accepts(verdict) {
  if (!verdict.accepted) throw new Error(`refused: ${verdict.why}`);
}

/** Fails unless a verdict is refusal, for a reason that matches. */
export function refuses(verdict, reason = BAD_SIGNATURE) {
  if (verdict.accepted) throw new Error('accepted a changed copy');
  if (!reason.test(verdict.why)) throw new Error(`refused for another reason: ${verdict.why}`);
}

function oneLine(text) {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return line.length > 500 ? `${line.slice(0, 500)} …` : line;
}
