import { withoutLogin } from '../src/withoutLogin';

describe('withoutLogin', () => {
  it.each([
    ['http://ana:geheim@host/a.git', 'http://host/a.git'],
    ['https://ghp_token@github.com/a/b', 'https://github.com/a/b'],
    ['https://ana:p@ss@host:8080/a', 'https://host:8080/a'],
    ["https://ana:p'w@host/a.git", 'https://host/a.git'],
    ['ssh://git:geheim@host/a.git', 'ssh://git@host/a.git'],
    ['ssh://git@host/a.git', 'ssh://git@host/a.git'],
    ['git@host:a/b.git', 'git@host:a/b.git'],
    ['http://host/a@b', 'http://host/a@b'],
    [
      "unable to access 'http://ana:geheim@host/': no; ana@example.org",
      "unable to access 'http://host/': no; ana@example.org"
    ]
  ])('%s', (text, expected) => expect(withoutLogin(text)).toBe(expected));
});
