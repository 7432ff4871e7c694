// The command line under test. Every call of it is in this file.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { tmpdir } from 'node:os';
import { Skip } from './tally.mjs';

const USAGE = 64;

/** What `sign` may leave out: without it there is a reason, not a failure. */
const OPTIONAL = ['ecdsa-jcs-2019', 'ecdsa-sd-2023'];

/** How `sign --suite` is told to write a VC-JWT. */
export const JWT_SUITE = 'vc-jwt';

export class Countersign {
  constructor(path) {
    this.path = path;
    this.folder = mkdtempSync(join(tmpdir(), 'countersign-peers-'));
    this.count = 0;
  }

  /** A new key: its file, its did:key and its Multikey. */
  newKey(type) {
    const file = this.file('.key');
    const { stdout } = this.must('key', 'new', '--type', type, '-o', file);
    const did = stdout.match(/did:key:(z[1-9A-HJ-NP-Za-km-z]+)/);
    if (!did) throw new Error(`key new printed no did:key: ${stdout}`);
    return { file, controller: did[0], multikey: did[1] };
  }

  /** A draft signed with a key: the text on standard output. */
  sign(draft, key, suite, { method } = {}) {
    const file = this.file('.json', JSON.stringify(draft, undefined, 2));
    const options = ['--key', key.file, '--suite', suite, '--set-issuer'];
    if (method) options.push('--method', method);
    const result = this.run('sign', file, ...options);
    if (result.status === USAGE && OPTIONAL.includes(suite)) {
      throw new Skip(`countersign does not sign ${suite}: ${result.stderr.trim()}`);
    }
    return success(result, 'sign').stdout.trim();
  }

  /** What `check --json` says of one text: `{exit, report}`. */
  check(text, { directory } = {}) {
    const { exit, reports } = this.checkAll([text], { directory });
    return { exit, report: reports[0] };
  }

  /** What `check --json` says of several texts. Nothing is fetched. */
  checkAll(texts, { directory = this.folder } = {}) {
    const files = texts.map((text) => this.file(text.startsWith('{') ? '.json' : '.jwt', text));
    const result = this.run('check', ...files, '--json', '--documents', directory);
    try {
      return { exit: result.status, reports: [JSON.parse(result.stdout)].flat() };
    } catch {
      throw new Error(`check: exit ${result.status}, no JSON: ${result.stderr || result.stdout}`);
    }
  }

  file(extension, text) {
    const path = join(this.folder, `${this.count += 1}${extension}`);
    if (text !== undefined) writeFileSync(path, text);
    return path;
  }

  must(...words) {
    return success(this.run(...words), words[0]);
  }

  run(...words) {
    const result = spawnSync(this.path, words, { encoding: 'utf8', timeout: 60_000, maxBuffer: 1 << 26 });
    if (result.error) throw result.error;
    return result;
  }
}

function success(result, command) {
  if (result.status !== 0) {
    throw new Error(`${command}: exit ${result.status}: ${result.stderr.trim() || result.stdout.trim()}`);
  }
  return result;
}
