import type { IFileChange } from '@llmos-lab/skills';
import { zipSync, type Zippable } from 'fflate';

/**
 * A proposal as files, for repositories that cannot be reached from here: the files at
 * their places in the volume, and what a person does with them.
 */
export function proposalZip(
  skill: string,
  {
    message,
    changes
  }: { readonly message: string; readonly changes: readonly IFileChange[] }
): Uint8Array<ArrayBuffer> {
  const folder = `promote-${skill}`;
  const deleted = changes.filter(({ content }) => content === null);
  const how = [
    `# ${message.split('\n')[0] ?? ''}`,
    'Copy the folder `volume` over a clone of the repository, then:',
    [
      '```sh',
      ...deleted.map(({ path }) => `git rm -- '${path}'`),
      'git add skills',
      'git commit -F ../commit-message.txt',
      '```'
    ].join('\n')
  ].join('\n\n');
  const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
  const files: Zippable = {
    [`${folder}/README.md`]: encode(`${how}\n`),
    [`${folder}/commit-message.txt`]: encode(message)
  };
  for (const { path, content } of changes) {
    if (content) {
      files[`${folder}/volume/${path}`] = content;
    }
  }
  return zipSync(files);
}
