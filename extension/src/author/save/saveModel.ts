import {
  checkSkill,
  formatDraft,
  isSkillId,
  toSkillId,
  type ICellDraft,
  type IDraftAbout,
  type IDraftInput,
  type IDraftOutput,
  type IPort,
  type IProblem
} from '@llmos-lab/skills';
import { Signal, type ISignal } from '@lumino/signaling';

/** What a person may change of a port. */
export type PortEdit = Partial<
  Pick<IPort, 'name' | 'type' | 'unit' | 'description'>
> & {
  /** Null takes the default away: then the input must be given. */
  readonly default?: IPort['default'] | null;
};

/** An output that may be left out. */
export interface IOutputChoice {
  readonly output: IDraftOutput;
  readonly isTaken: boolean;
}

/** What the dialog shows; a new object after each change. */
export interface ISaveState {
  readonly about: IDraftAbout;
  readonly inputs: readonly IDraftInput[];
  readonly outputs: readonly IOutputChoice[];
  readonly replace: boolean;
  /** The file as it would be saved. */
  readonly text: string;
  readonly problems: readonly IProblem[];
}

/** A skill that is being made of a cell: the draft, and what the person made of it. */
export class SaveModel {
  constructor(
    private readonly _draft: ICellDraft,
    about: IDraftAbout
  ) {
    this._about = about;
    this._inputs = _draft.inputs;
    this._outputs = _draft.outputs.map(output => ({ output, isTaken: true }));
    this._state = this._compute();
  }

  get state(): ISaveState {
    return this._state;
  }

  get changed(): ISignal<this, void> {
    return this._changed;
  }

  get notes(): ICellDraft['notes'] {
    return this._draft.notes;
  }

  /** The draft as edited, without the outputs that were left out. */
  get draft(): ICellDraft {
    const outputs = this._outputs
      .filter(({ isTaken }) => isTaken)
      .map(({ output }) => output);
    return { ...this._draft, inputs: this._inputs, outputs };
  }

  /** Sets name, id, and so on. The id follows the name until it is set itself. */
  setAbout(edit: Partial<IDraftAbout>): void {
    const follows = this._about.id === toSkillId(this._about.name);
    const id =
      edit.id ??
      (edit.name !== undefined && follows ? toSkillId(edit.name) : undefined);
    this._about = { ...this._about, ...edit, ...(id === undefined ? {} : { id }) };
    this._refresh();
  }

  setInput(index: number, edit: PortEdit): void {
    this._inputs = this._inputs.map((input, at) =>
      at === index ? { ...input, port: editPort(input.port, edit) } : input
    );
    this._refresh();
  }

  setOutput(index: number, edit: PortEdit & { readonly isTaken?: boolean }): void {
    const { isTaken, ...port } = edit;
    this._outputs = this._outputs.map((each, at) =>
      at === index
        ? {
            output: { ...each.output, port: editPort(each.output.port, port) },
            isTaken: isTaken ?? each.isTaken
          }
        : each
    );
    this._refresh();
  }

  setReplace(replace: boolean): void {
    this._replace = replace;
    this._refresh();
  }

  private _refresh(): void {
    this._state = this._compute();
    this._changed.emit();
  }

  private _compute(): ISaveState {
    const about = { ...this._about, id: this._about.id.trim() };
    const text = formatDraft(this.draft, {
      ...about,
      name: about.name.trim(),
      description: about.description.trim(),
      category: about.category.trim() || 'general'
    });
    const file = `${isSkillId(about.id) ? about.id : 'my-skill'}.md`;
    return {
      about: this._about,
      inputs: this._inputs,
      outputs: this._outputs,
      replace: this._replace,
      text,
      problems: checkSkill(text, file)
    };
  }

  private readonly _changed = new Signal<this, void>(this);
  private _about: IDraftAbout;
  private _inputs: readonly IDraftInput[];
  private _outputs: readonly IOutputChoice[];
  private _replace = true;
  private _state: ISaveState;
}

/** A port with the edit; empty texts and a default that was taken away are left out. */
function editPort(port: IPort, edit: PortEdit): IPort {
  const { default: value, ...texts } = edit;
  const { default: old, required, ...rest } = port;
  const next = value === undefined ? old : value === null ? undefined : value;
  const isRequired = value === null ? true : next === undefined && required === true;
  const entries = Object.entries({ ...rest, ...texts }).filter(
    ([key, text]) =>
      key === 'name' || key === 'type' || (text !== undefined && text !== '')
  );
  return {
    ...(Object.fromEntries(entries) as unknown as IPort),
    ...(isRequired ? { required: true } : {}),
    ...(next === undefined ? {} : { default: next })
  };
}
