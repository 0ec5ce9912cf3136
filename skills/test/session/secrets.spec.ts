import fc from 'fast-check';
import { rollbackMessage } from '../../src/history/rollback';
import { scanMessage, scanSecrets, withoutSecrets } from '../../src/session/secrets';

const TOKEN = `ghp_${'a1B2c3D4e5'.repeat(3)}`;
const kinds = (text: string) => scanSecrets('a.txt', text).map(({ kind }) => kind);

describe('scanSecrets', () => {
  it.each([
    [`token: ${TOKEN}`, 'github-token'],
    ['sk-ant-api03-abcdefghijklmnop', 'api-key'],
    ['AKIAABCDEFGHIJKLMNOP', 'aws-key'],
    [
      '-----BEGIN RSA PRIVATE KEY-----\nMIIB\n-----END RSA PRIVATE KEY-----',
      'private-key'
    ],
    ['https://ana:correct-horse@example.org/x.git', 'address-password'],
    ['password = "correct horse"', 'named-value'],
    ['{"apiKey": "0123-4567-89ab"}', 'named-value'],
    ["client_secret: 'a-long-secret-text'", 'named-value'],
    ['os.environ["API_TOKEN"] = "correct horse"', 'named-value'],
    ["env['password']='correct horse'", 'named-value'],
    ['password: str | None = "correct horse"', 'named-value'],
    ['login(password=b"correct horse")', 'named-value'],
    ['if password == "correct horse":', 'named-value'],
    ['password = "$correct horse"', 'named-value'],
    ['%env API_TOKEN=correct-horse', 'named-value'],
    ['%set_env API_TOKEN correct-horse', 'named-value'],
    ['!export PASSWORD="correct-horse"', 'named-value']
  ])('finds %j as %s', (text, kind) => {
    expect(kinds(text)).toEqual([kind]);
  });

  it.each([
    'password = os.environ["PASSWORD"]',
    'api_key = "your-key-here"',
    'token = "<token>"',
    'max_tokens = 1000',
    'password = ""',
    'secret = "********"',
    'key = "correct horse battery"',
    'password = "$PASSWORD"',
    'password = "${PASSWORD}"',
    'token = f"{token}"',
    'password: correct-horse',
    '%env PASSWORD=$PASSWORD',
    '%env TOKEN_COUNT=123456',
    'The password is asked for at the start.',
    '[masked]'
  ])('leaves %j alone', text => {
    expect(kinds(text)).toEqual([]);
  });

  it.each([
    ['.env', 'API_TOKEN=correct-horse # mine'],
    ['conf/.env.local', 'export PASSWORD=12345678'],
    ['a.yaml', 'db:\n  - password: correct horse\n'],
    ['a.toml', 'secret = correct-horse\r\n']
  ])('finds values without quotes in %s', (path, text) => {
    expect(scanSecrets(path, text)).toMatchObject([{ kind: 'named-value', path }]);
  });

  it.each([
    'token: ${{ secrets.TOKEN }}',
    'token_count: 123456',
    'password:\n  from: vault',
    'password: ""',
    'secret: *anchor'
  ])('leaves the YAML %j alone', text => {
    expect(scanSecrets('a.yml', text)).toEqual([]);
  });

  it('takes what is known already for no news', () => {
    const known = JSON.stringify({
      cells: [{ source: 'password = "say \\"friend\\""' }]
    });
    const text = `password = "say \\"friend\\""\nkey = "${TOKEN}"`;
    expect(scanSecrets('a.py', text, known)).toMatchObject([{ line: 2 }]);
    expect(scanSecrets('a.py', text, text)).toEqual([]);
  });

  it('is quick on long texts of one word', () => {
    const start = performance.now();
    expect(scanSecrets('a.txt', 'a1'.repeat(1_000_000))).toEqual([]);
    expect(performance.now() - start).toBeLessThan(2000);
  });

  it('tells file and line, and shows only the beginning', () => {
    const [found] = scanSecrets('a.py', `import os\n\nkey = "${TOKEN}"\n`);
    expect(found).toEqual({
      kind: 'github-token',
      path: 'a.py',
      line: 3,
      excerpt: 'ghp_…'
    });
  });

  it('tells cell, part and line in a notebook', () => {
    const notebook = {
      cells: [
        { cell_type: 'markdown', source: ['# Title'], metadata: {} },
        {
          cell_type: 'code',
          source: ['x = 1\n', 'password = "correct horse"'],
          metadata: { note: TOKEN },
          outputs: [
            { output_type: 'stream', text: ['fine\n', TOKEN] },
            { data: { 'image/png': TOKEN, 'text/plain': 'fine' } }
          ]
        }
      ]
    };
    expect(scanSecrets('a.ipynb', JSON.stringify(notebook))).toMatchObject([
      { kind: 'named-value', cell: 2, part: 'source', line: 2 },
      { kind: 'github-token', cell: 2, part: 'source', line: 1 },
      { kind: 'github-token', cell: 2, part: 'output', line: 2 }
    ]);
  });

  it('is left out of words that a message quotes', () => {
    expect(withoutSecrets('Try the molecule H2')).toBe('Try the molecule H2');
    expect(withoutSecrets(`Try ${TOKEN} again`)).toBe('Try [masked] again');
    expect(withoutSecrets('Set password = "correct horse"')).toBe('[masked]');
    const message = rollbackMessage('0'.repeat(40), `Use ${TOKEN}`, []);
    expect(message).toContain('Roll back "Use [masked]"');
    expect(scanMessage(message)).toEqual([]);
  });

  it('reads a damaged notebook as text', () => {
    expect(scanSecrets('a.ipynb', `{"cells": [ ${TOKEN}`)).toHaveLength(1);
  });

  it('finds a token wherever it stands, on its line', () => {
    const line = fc.string().map(text => text.replace(/[\n\r]/g, ''));
    fc.assert(
      fc.property(fc.array(line, { maxLength: 10 }), lines => {
        const found = scanSecrets('a.txt', [...lines, ` ${TOKEN}`].join('\n'));
        expect(found.some(item => item.line === lines.length + 1)).toBe(true);
      })
    );
  });
});
