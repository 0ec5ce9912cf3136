import { execFileSync } from 'node:child_process';

/** Git itself, in a repository; what it says, without the last line end. */
export class Git {
  constructor(readonly folder: string) {}

  run(args: readonly string[], input?: Buffer | string): string {
    return this.bytes(args, input).toString('utf8').replace(/\n$/, '');
  }

  bytes(args: readonly string[], input: Buffer | string = ''): Buffer {
    return execFileSync('git', ['-C', this.folder, ...args], {
      ...{ input, env: { ...process.env, ...IDENTITY }, maxBuffer: 1 << 28 },
      stdio: ['pipe', 'pipe', 'pipe']
    });
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
