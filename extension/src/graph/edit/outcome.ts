/** What each editing command of the graph returns. */
export type EditOutcome =
  | {
      readonly ok: true;
      /** Ids of the cells that the edit is about, the new ones for example. */
      readonly cells: readonly string[];
    }
  | { readonly ok: false; readonly reason: string };
