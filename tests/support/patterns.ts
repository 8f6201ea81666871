// Every regular expression of a source, by parsing it: what stands in a comment or a text is none, and none is missed for how it is written.
import { parseSync } from 'oxc-parser';

export type Pattern = { source: string; flags: string; where: string };
type Node = { type?: string; start: number; end: number; regex?: { pattern: string; flags: string } } & Record<string, unknown>;

/** What a name inside `new RegExp(`…`)` stands for: any word. */
const WORD = 'row';

/** Throws where a pattern is put together from what the source does not show. */
export function patternsIn(name: string, source: string): Pattern[] {
  const { program, errors } = parseSync(name, source);
  if (errors.length > 0) throw new Error(`${name}: ${errors[0]?.message}`);
  const found: Pattern[] = [];
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) return value.forEach(visit);
    if (typeof value !== 'object' || value === null) return;
    const node = value as Node;
    const where = `${name}:${source.slice(0, node.start).split('\n').length}`;
    if (node.regex) found.push({ source: node.regex.pattern, flags: node.regex.flags, where });
    if ((node.type === 'NewExpression' || node.type === 'CallExpression') && (node['callee'] as { name?: string }).name === 'RegExp') {
      const [text, flags] = node['arguments'] as (Node | undefined)[];
      found.push({ source: madeOf(text, where), flags: (flags?.['value'] as string | undefined) ?? '', where });
    }
    for (const [key, child] of Object.entries(node)) if (key !== 'regex') visit(child);
  };
  visit(program);
  return found;
}

function madeOf(node: Node | undefined, where: string): string {
  if (node?.type === 'TemplateLiteral') return (node['quasis'] as { value: { cooked: string } }[]).map(({ value }) => value.cooked).join(WORD);
  if (typeof node?.['value'] === 'string') return node['value'];
  throw new Error(`${where}: a pattern that is not written down cannot be judged`);
}

/** Those that a value holds, however deep: schemas of an interface hold them in their checks. */
export function patternsHeldBy(value: unknown, where: string): Pattern[] {
  const found: Pattern[] = [];
  const seen = new Set<unknown>();
  const left: unknown[] = [value];
  while (left.length > 0) {
    const one = left.pop();
    if ((typeof one !== 'object' && typeof one !== 'function') || one === null || seen.has(one)) continue;
    seen.add(one);
    if (one instanceof RegExp) found.push({ source: one.source, flags: one.flags, where });
    else if (one instanceof Map || one instanceof Set) left.push(...one.values());
    else for (const key of Object.keys(one)) left.push(Reflect.get(one, key));
  }
  return found;
}
