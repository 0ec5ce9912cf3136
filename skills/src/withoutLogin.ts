/** An address of the web with a name, or of another scheme with a password. */
const LOGIN =
  /\b(https?:\/\/)[^/?#\s"]*@|\b([a-z][a-z0-9+.-]*:\/\/[^/?#\s'":@]*):[^/?#\s"]*@/gi;

/**
 * Takes names and passwords out of the addresses in a text, which is printed or kept. The
 * name stays where it is part of the place, as in `ssh://git@host`.
 *
 * @example withoutLogin('http://ana:secret@host/a.git') // 'http://host/a.git'
 */
export function withoutLogin(text: string): string {
  return text.replace(LOGIN, (_, web?: string, named?: string) => web ?? `${named}@`);
}
