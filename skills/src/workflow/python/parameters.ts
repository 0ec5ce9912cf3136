import type { Expression, IParameter } from './ast';
import { accept, isAt, takeIdentifier, type ICursor } from './cursor';

/** How the parts of a parameter are read; lambdas have no annotations. */
export interface IParameterParts {
  readonly annotation: ((cursor: ICursor) => Expression) | null;
  readonly value: (cursor: ICursor) => Expression;
}

/** Parameters up to the token that closes them, which stays. */
export function takeParameters(
  cursor: ICursor,
  close: string,
  parts: IParameterParts
): readonly IParameter[] {
  const parameters: IParameter[] = [];
  while (!isAt(cursor, close)) {
    const bare = accept(cursor, '/') || (isAt(cursor, '*') && isAt(cursor, ',', 1));
    if (bare) {
      accept(cursor, '*');
    } else {
      parameters.push(takeParameter(cursor, parts));
    }
    if (!accept(cursor, ',')) {
      break;
    }
  }
  return parameters;
}

function takeParameter(cursor: ICursor, parts: IParameterParts): IParameter {
  const star = accept(cursor, '**') || accept(cursor, '*');
  const at = takeIdentifier(cursor);
  const annotation =
    parts.annotation && accept(cursor, ':') ? parts.annotation(cursor) : undefined;
  const value = !star && accept(cursor, '=') ? parts.value(cursor) : undefined;
  return {
    name: at.id,
    at,
    ...(annotation ? { annotation } : {}),
    ...(value ? { default: value } : {})
  };
}
