/** What an error says, for people; what was thrown need not be an error. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
