/**
 * The part of Python's syntax tree that definitions and uses depend on. Kinds follow
 * CPython's `ast`; whatever only evaluates its parts, in order, is a `Group`.
 */

/** A part of the source; offsets count UTF-16 units. */
export interface IRange {
  readonly start: number;
  readonly end: number;
}

/** A name that is read, or bound where it stands as a target. */
export interface IName extends IRange {
  readonly kind: 'Name';
  readonly id: string;
}

/** `value.name`: assigning to it mutates what the value's root name holds. */
export interface IAttribute extends IRange {
  readonly kind: 'Attribute';
  readonly value: Expression;
  readonly attribute: string;
}

/** `value[index]`: assigning to it mutates what the value's root name holds. */
export interface ISubscript extends IRange {
  readonly kind: 'Subscript';
  readonly value: Expression;
  readonly index: Expression;
}

/** An argument of a call or a base of a class, with its keyword or stars. */
export interface IArgument extends IRange {
  /** Null for a positional one. */
  readonly name: string | null;
  readonly star: '' | '*' | '**';
  readonly value: Expression;
  /** Where the value stands, brackets included. */
  readonly valueStart: number;
  readonly valueEnd: number;
}

/** A call; skill calls and methods that mutate are told apart later. */
export interface ICall extends IRange {
  readonly kind: 'Call';
  readonly callee: Expression;
  readonly arguments: readonly IArgument[];
  /** Offset of the opening bracket. */
  readonly open: number;
}

/** A function without a name: its body's reads happen when it is called. */
export interface ILambda extends IRange {
  readonly kind: 'Lambda';
  readonly parameters: readonly IParameter[];
  readonly body: Expression;
}

/** One `for … in … if …` of a comprehension. */
export interface IGenerator {
  readonly target: Expression;
  readonly iterable: Expression;
  readonly conditions: readonly Expression[];
}

/** A scope of its own, but for its first iterable, which is read outside. */
export interface IComprehension extends IRange {
  readonly kind: 'Comprehension';
  readonly elements: readonly Expression[];
  readonly generators: readonly IGenerator[];
}

/** `name := value`: binds in the scope around a comprehension, not inside it. */
export interface IWalrus extends IRange {
  readonly kind: 'Walrus';
  readonly target: IName;
  readonly value: Expression;
}

/** `*value`, in a call, a sequence or as a target. */
export interface IStarred extends IRange {
  readonly kind: 'Starred';
  readonly value: Expression;
}
/** A tuple or a list: what can be unpacked into. */
export interface ISequence extends IRange {
  readonly kind: 'Sequence';
  readonly items: readonly Expression[];
}

/** Anything that only evaluates its parts, in order: operators, f-strings, slices. */
export interface IGroup extends IRange {
  readonly kind: 'Group';
  readonly items: readonly Expression[];
  /** True for what may use an iterator up: `in`, and an index with a star. */
  readonly consumes?: true;
}

/** `await value`; the only thing that tells a skill call from a call of its result. */
export interface IAwait extends IRange {
  readonly kind: 'Await';
  readonly value: Expression;
}

/** A literal. Only plain strings keep their text: ids of skills stand in them. */
export interface IConstant extends IRange {
  readonly kind: 'Constant';
  /** The literal's source when it is one plain string. */
  readonly text?: string;
}

/** All expressions; `kind` tells which. */
export type Expression =
  | IName
  | IAttribute
  | ISubscript
  | ICall
  | ILambda
  | IComprehension
  | IWalrus
  | IStarred
  | ISequence
  | IGroup
  | IAwait
  | IConstant;

/** A parameter of a function, or one between a generic's brackets. */
export interface IParameter {
  readonly name: string;
  /** Where the name stands. */
  readonly at: IRange;
  readonly annotation?: Expression;
  readonly default?: Expression;
}

/** A `case` pattern by what it does: compare, bind, or take apart. */
export type Pattern =
  | { readonly kind: 'Value'; readonly value: Expression }
  | {
      readonly kind: 'Capture';
      readonly name: string;
      readonly at: IRange;
      readonly pattern?: Pattern;
    }
  | {
      readonly kind: 'Parts';
      readonly value?: Expression;
      readonly parts: readonly Pattern[];
    };

/** One name of an import statement. */
export interface IImported {
  /** The name that is bound. */
  readonly name: string;
  /** The dotted module, with leading dots when relative. */
  readonly module: string;
  /** Of `from … import x`: x. */
  readonly member?: string;
  /** Where the bound name stands: behind `as`, else that of the member or module. */
  readonly at: IRange;
  readonly hasAlias: boolean;
}

/**
 * All statements; `Evaluate` stands for those that only read: return, assert, raise.
 */
export type Statement = IRange &
  (
    | { readonly kind: 'Expression'; readonly value: Expression }
    | {
        readonly kind: 'Assign';
        readonly targets: readonly Expression[];
        readonly value: Expression;
      }
    | {
        readonly kind: 'AugAssign';
        readonly target: Expression;
        readonly value: Expression;
      }
    | {
        readonly kind: 'AnnAssign';
        readonly target: Expression;
        readonly annotation: Expression;
        readonly value?: Expression;
      }
    | { readonly kind: 'Delete'; readonly targets: readonly Expression[] }
    | { readonly kind: 'Evaluate'; readonly values: readonly Expression[] }
    | { readonly kind: 'Import'; readonly names: readonly IImported[] }
    | { readonly kind: 'Global' | 'Nonlocal'; readonly names: readonly IName[] }
    | {
        readonly kind: 'If';
        readonly test: Expression;
        readonly body: readonly Statement[];
        readonly otherwise: readonly Statement[];
      }
    | {
        readonly kind: 'While';
        readonly test: Expression;
        readonly body: readonly Statement[];
        readonly otherwise: readonly Statement[];
      }
    | {
        readonly kind: 'For';
        readonly target: Expression;
        readonly iterable: Expression;
        readonly body: readonly Statement[];
        readonly otherwise: readonly Statement[];
      }
    | {
        readonly kind: 'Try';
        readonly body: readonly Statement[];
        readonly handlers: readonly IHandler[];
        readonly otherwise: readonly Statement[];
        readonly final: readonly Statement[];
      }
    | {
        readonly kind: 'With';
        readonly items: readonly IWithItem[];
        readonly body: readonly Statement[];
      }
    | IFunctionDef
    | IClassDef
    | {
        readonly kind: 'Match';
        readonly subject: Expression;
        readonly cases: readonly ICase[];
      }
    | {
        readonly kind: 'TypeAlias';
        readonly name: string;
        readonly nameAt: IRange;
        readonly typeParameters: readonly IParameter[];
        readonly value: Expression;
      }
  );

/** An `except` clause; its name is unbound again at its end. */
export interface IHandler {
  readonly type?: Expression;
  readonly name?: string;
  readonly body: readonly Statement[];
}

/** One context manager of a `with` statement. */
export interface IWithItem {
  readonly context: Expression;
  readonly target?: Expression;
}

/** A function, async or not: decorators and defaults are read when it is defined. */
export interface IFunctionDef extends IRange {
  readonly kind: 'FunctionDef';
  readonly name: string;
  readonly nameAt: IRange;
  readonly decorators: readonly Expression[];
  readonly typeParameters: readonly IParameter[];
  readonly parameters: readonly IParameter[];
  readonly returns?: Expression;
  readonly body: readonly Statement[];
}

/** A class: its body runs at once, in a scope that functions inside do not see. */
export interface IClassDef extends IRange {
  readonly kind: 'ClassDef';
  readonly name: string;
  readonly nameAt: IRange;
  readonly decorators: readonly Expression[];
  readonly typeParameters: readonly IParameter[];
  readonly arguments: readonly IArgument[];
  readonly body: readonly Statement[];
}

/** One `case` of a match statement. */
export interface ICase {
  readonly pattern: Pattern;
  readonly guard?: Expression;
  readonly body: readonly Statement[];
}

/** A cell's whole statements; `complete` is false when some could not be read. */
export interface IModule {
  readonly statements: readonly Statement[];
  readonly complete: boolean;
  /** Offsets at which the statements that were left out stop being Python. */
  readonly faults: readonly number[];
}
