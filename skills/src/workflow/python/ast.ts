/**
 * The part of Python's syntax tree that definitions and uses depend on. Kinds follow
 * CPython's `ast`; whatever only evaluates its parts, in order, is a `Group`.
 */

/** A part of the source; offsets count UTF-16 units. */
export interface IRange {
  readonly start: number;
  readonly end: number;
}

export interface IName extends IRange {
  readonly kind: 'Name';
  readonly id: string;
}
export interface IAttribute extends IRange {
  readonly kind: 'Attribute';
  readonly value: Expression;
  readonly attribute: string;
}
export interface ISubscript extends IRange {
  readonly kind: 'Subscript';
  readonly value: Expression;
  readonly index: Expression;
}
export interface IArgument extends IRange {
  /** Null for a positional one. */
  readonly name: string | null;
  readonly star: '' | '*' | '**';
  readonly value: Expression;
  /** Where the value stands, brackets included. */
  readonly valueStart: number;
  readonly valueEnd: number;
}
export interface ICall extends IRange {
  readonly kind: 'Call';
  readonly callee: Expression;
  readonly arguments: readonly IArgument[];
  /** Offset of the opening bracket. */
  readonly open: number;
}
export interface ILambda extends IRange {
  readonly kind: 'Lambda';
  readonly parameters: readonly IParameter[];
  readonly body: Expression;
}
export interface IGenerator {
  readonly target: Expression;
  readonly iterable: Expression;
  readonly conditions: readonly Expression[];
}
export interface IComprehension extends IRange {
  readonly kind: 'Comprehension';
  readonly elements: readonly Expression[];
  readonly generators: readonly IGenerator[];
}
export interface IWalrus extends IRange {
  readonly kind: 'Walrus';
  readonly target: IName;
  readonly value: Expression;
}
export interface IStarred extends IRange {
  readonly kind: 'Starred';
  readonly value: Expression;
}
/** A tuple or a list: what can be unpacked into. */
export interface ISequence extends IRange {
  readonly kind: 'Sequence';
  readonly items: readonly Expression[];
}
export interface IGroup extends IRange {
  readonly kind: 'Group';
  readonly items: readonly Expression[];
}
export interface IAwait extends IRange {
  readonly kind: 'Await';
  readonly value: Expression;
}
export interface IConstant extends IRange {
  readonly kind: 'Constant';
  /** The literal's source when it is one plain string. */
  readonly text?: string;
}
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

export interface IParameter {
  readonly name: string;
  /** Where the name stands. */
  readonly at: IRange;
  readonly annotation?: Expression;
  readonly default?: Expression;
}

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

export interface IHandler {
  readonly type?: Expression;
  readonly name?: string;
  readonly body: readonly Statement[];
}
export interface IWithItem {
  readonly context: Expression;
  readonly target?: Expression;
}
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
export interface IClassDef extends IRange {
  readonly kind: 'ClassDef';
  readonly name: string;
  readonly nameAt: IRange;
  readonly decorators: readonly Expression[];
  readonly typeParameters: readonly IParameter[];
  readonly arguments: readonly IArgument[];
  readonly body: readonly Statement[];
}
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
