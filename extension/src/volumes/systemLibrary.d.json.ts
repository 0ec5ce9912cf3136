/** Shape of the file that `scripts/systemLibrary.mjs` writes beside the compiled code. */
declare const library: {
  /** Newest change of any file, milliseconds since 1970. */
  readonly modified: number;
  /** UTF-8 text of each file by its path in the volume. */
  readonly files: Readonly<Record<string, string>>;
};
export default library;
