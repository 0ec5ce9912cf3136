/**
 * The name of an error's class. The site's kernel gives the class as Python prints it,
 * `<class 'ZeroDivisionError'>`, where others give the name alone.
 */
export function errorName(name: string): string {
  return /^<class '(?:[^']*\.)?([^'.]+)'>$/.exec(name)?.[1] ?? name;
}
