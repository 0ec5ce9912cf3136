/** What the panel can do; commands carry it out, so that failures are told in one place. */
export interface IEvolutionActions {
  readonly run: () => void;
  readonly stop: () => void;
  readonly accept: (id: string) => void;
  readonly reject: (id: string) => void;
  readonly rename: (id: string) => void;
  /** Opens the candidate's file. */
  readonly edit: (path: string) => void;
  readonly openSession: (id: string) => void;
  /** A session's name; its id where it is gone. */
  readonly sessionName: (id: string) => string;
}
