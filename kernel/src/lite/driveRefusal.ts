/** What Python's file system calls a refused request (errno.h). */
type ErrnoName = 'EACCES' | 'ENOENT' | 'EEXIST' | 'EINVAL' | 'EIO';

/** The answer to a request to a drive that could not be done. */
export interface IDriveRefusal {
  readonly llmosRefusal: ErrnoName;
}

/** Error numbers for what Contents tells by the states of HTTP; anything else is EIO. */
const NAMES: Readonly<Record<number, ErrnoName>> = {
  400: 'EINVAL',
  403: 'EACCES',
  404: 'ENOENT',
  409: 'EEXIST'
};

/** Says in an answer why a drive could not do what Python asked. */
export function refusalOf(error: unknown): IDriveRefusal {
  const { response } = (error ?? {}) as { response?: { status?: number } };
  return { llmosRefusal: NAMES[response?.status ?? 0] ?? 'EIO' };
}

/** What raises `OSError` in Python, as Emscripten has it. */
export interface IErrno {
  readonly FS: { readonly ErrnoError: new (errno: number) => Error };
  readonly ERRNO_CODES: Readonly<Record<string, number>>;
}

/**
 * Passes an answer of a drive on to Python's file system.
 * @throws ErrnoError where the answer is a refusal, which Python raises as `OSError`
 */
export function unlessRefused<T>(answer: T, { FS, ERRNO_CODES }: IErrno): T {
  const { llmosRefusal: name } = (answer ?? {}) as Partial<IDriveRefusal>;
  if (name !== undefined) {
    throw new FS.ErrnoError(ERRNO_CODES[name] ?? 0);
  }
  return answer;
}
