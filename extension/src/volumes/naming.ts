import type { Contents } from '@jupyterlab/services';

/** Path of `name` in a folder; `''` is the root. */
export function joinPath(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}

/** Name of the n-th new file or folder, as JupyterLab names them. */
export function untitledName(options: Contents.ICreateOptions, count: number): string {
  const suffix = count === 0 ? '' : String(count);
  if (options.type === 'directory') {
    return `Untitled Folder${suffix}`;
  }
  if (options.type === 'notebook') {
    return `Untitled${suffix}.ipynb`;
  }
  const extension = options.ext ?? '';
  const dot = extension === '' || extension.startsWith('.') ? '' : '.';
  return `untitled${suffix}${dot}${extension}`;
}

/** Name of the n-th copy of a file: `a.md`, `a-Copy1.md`, … */
export function copyName(name: string, count: number): string {
  const [, base = name, extension = ''] = /^(.+?)(\.[^.]+)?$/.exec(name) ?? [];
  return count === 0 ? name : `${base}-Copy${count}${extension}`;
}

/** A name that people gave as that of a file, without the extension; '' where none is left. */
export function fileStem(name: string): string {
  return name.replace(/[^\p{L}\p{N}._-]+/gu, ' ').trim();
}
