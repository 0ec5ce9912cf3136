import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

/** Git itself, in a repository; what it says, without the last line end. */
export class Git {
  constructor(readonly folder: string) {}

  run(args: readonly string[], input?: Buffer | string): string {
    return this.bytes(args, input).toString('utf8').replace(/\n$/, '');
  }

  bytes(
    args: readonly string[],
    input: Buffer | string = '',
    more: Readonly<Record<string, string>> = {}
  ): Buffer {
    const env = { ...process.env, ...IDENTITY, ...more };
    return execFileSync('git', ['-C', this.folder, ...args], {
      ...{ input, env, maxBuffer: 1 << 28 },
      stdio: ['pipe', 'pipe', 'pipe']
    });
  }

  /** A commit that somebody pushed: one file is this text now, the rest as it was. */
  commit(path: string, text: string, message: string): string {
    const blob = this.run(['hash-object', '-w', '--stdin'], text);
    const index = { GIT_INDEX_FILE: join(this.folder, 'index-of-a-push') };
    this.bytes(['read-tree', 'main'], '', index);
    this.bytes(
      ['update-index', '--add', '--cacheinfo', `100644,${blob},${path}`],
      '',
      index
    );
    const tree = this.bytes(['write-tree'], '', index).toString('utf8').trim();
    const oid = this.run(['commit-tree', tree, '-p', 'main', '-m', message]);
    this.run(['update-ref', 'refs/heads/main', oid]);
    return oid;
  }

  /** Whether Git does it without complaint. */
  can(args: readonly string[]): boolean {
    try {
      this.bytes(args);
      return true;
    } catch {
      return false;
    }
  }
}

const IDENTITY = {
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'Ben',
  GIT_AUTHOR_EMAIL: 'ben@example.org',
  GIT_COMMITTER_NAME: 'Ben',
  GIT_COMMITTER_EMAIL: 'ben@example.org'
};
