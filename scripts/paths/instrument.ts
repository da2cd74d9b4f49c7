import ts from 'typescript';

/** A named function of src: `{ file: 'talk/door.ts', name: 'line', line: 12 }`, the file relative to src. */
export interface NamedFunction {
  readonly file: string;
  readonly name: string;
  readonly line: number;
}

/** Global function that instrumented source calls on entry, with the number of the function. */
export const ENTERED = '__jishiEntered';

type Traced =
  | ts.FunctionDeclaration
  | ts.MethodDeclaration
  | ts.ArrowFunction
  | ts.FunctionExpression
  | ts.GetAccessorDeclaration;

function isTraced(node: ts.Node): node is Traced {
  return (
    ts.isFunctionDeclaration(node) ||
    ts.isMethodDeclaration(node) ||
    ts.isArrowFunction(node) ||
    ts.isFunctionExpression(node) ||
    ts.isGetAccessorDeclaration(node)
  );
}

/** The name of a function, or of the constant or property that it is the value of; null if it has none. */
function nameOf(node: Traced): string | null {
  if (node.name) return node.name.getText();
  const { parent } = node;
  const isNamed =
    ts.isVariableDeclaration(parent) || ts.isPropertyAssignment(parent) || ts.isPropertyDeclaration(parent);
  return isNamed ? parent.name.getText() : null;
}

/**
 * TypeScript source in which every named function calls `ENTERED` first. `numberOf` gives the number of a function.
 * Text is inserted and nothing moved to another line, so that stack traces stay right.
 */
export function instrument(file: string, text: string, numberOf: (one: NamedFunction) => number): string {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const inserted: { readonly at: number; readonly text: string }[] = [];
  const visit = (node: ts.Node): void => {
    const name = isTraced(node) ? nameOf(node) : null;
    const body = isTraced(node) ? node.body : undefined;
    if (name !== null && body) {
      const line = source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1;
      const call = `${ENTERED}(${numberOf({ file, name, line })})`;
      if (ts.isBlock(body)) inserted.push({ at: body.getStart(source) + 1, text: `${call};` });
      else inserted.push({ at: body.getStart(source), text: `(${call}, ` }, { at: body.getEnd(), text: ')' });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  // At one place the outer function ends after the inner one: later insertions of the same place stand further out.
  let out = text;
  for (const { at, text: more } of inserted.toSorted((a, b) => b.at - a.at))
    out = out.slice(0, at) + more + out.slice(at);
  return out;
}
