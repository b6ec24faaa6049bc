// Small changes to a source file that a test should notice: another operator, a condition that always holds, a constant that is off by one,
// a statement that is gone. Types are left alone; what is found is text to be put in place of text.
import { parseAst } from 'vite';

export interface Mutant {
  file: string;
  start: number;
  end: number;
  text: string;
  what: string;
  /** Where it takes effect, if not where it begins: `a || b` as `a && b` is another for who never comes to `b` as well. */
  reachedAt?: number;
}

interface Node {
  type: string;
  start: number;
  end: number;
  [field: string]: unknown;
}

type Found = Omit<Mutant, 'file'>;

const OPERATORS: Readonly<Record<string, readonly string[]>> = {
  '+': ['-'],
  '-': ['+'],
  '*': ['/'],
  '/': ['*'],
  '%': ['*'],
  '**': ['*'],
  '<': ['<=', '>='],
  '<=': ['<', '>'],
  '>': ['>=', '<='],
  '>=': ['>', '<'],
  '===': ['!=='],
  '!==': ['==='],
  '&&': ['||'],
  '||': ['&&'],
  '??': ['&&'],
  '&': ['|'],
  '|': ['&'],
  '>>=': ['<<='],
  '|=': ['&='],
  '+=': ['-='],
};

/** Methods whose opposite is as short as they are. */
const OPPOSITES: Readonly<Record<string, string>> = {
  some: 'every',
  every: 'some',
  min: 'max',
  max: 'min',
  find: 'findLast',
  findLast: 'find',
};

export function findMutants(file: string, source: string): Mutant[] {
  const found: Found[] = [];
  visit(parseAst(source, { lang: 'ts' }) as unknown as Node, source, found);
  return found.map((one) => ({ ...one, file }));
}

function visit(node: Node, source: string, found: Found[]): void {
  if (isType(node) || node.type === 'ImportDeclaration') return;
  found.push(...mutantsOf(node, source));
  for (const [name, value] of Object.entries(node)) {
    if (name === 'key' && node['computed'] !== true) continue;
    for (const one of Array.isArray(value) ? value : [value]) if (isNode(one)) visit(one, source, found);
  }
}

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';

const VALUES: ReadonlySet<string> = new Set(['TSAsExpression', 'TSSatisfiesExpression', 'TSNonNullExpression']);
const isType = ({ type }: Node): boolean => type.startsWith('TS') && !VALUES.has(type);

function mutantsOf(node: Node, source: string): Found[] {
  switch (node.type) {
    case 'BinaryExpression':
    case 'LogicalExpression':
    case 'AssignmentExpression':
      return operatorsOf(node, source);
    case 'IfStatement':
    case 'ConditionalExpression':
      return ['true', 'false'].map((text) => inPlace(node['test'] as Node, text, `condition ${text}`));
    case 'UnaryExpression':
      return node['operator'] === '!' || node['operator'] === '-'
        ? [inPlace(node, textOf(node['argument'] as Node, source), 'sign gone')]
        : [];
    case 'UpdateExpression':
      return [
        inPlace(
          node,
          textOf(node, source).replace(/\+\+|--/, (sign) => (sign === '++' ? '--' : '++')),
          'counts the other way',
        ),
      ];
    case 'Literal':
      return literalsOf(node);
    case 'ExpressionStatement':
      return [inPlace(node, ';', 'statement gone')];
    case 'ReturnStatement':
      return node['argument'] ? [] : [inPlace(node, ';', 'return gone')];
    case 'ArrowFunctionExpression':
      return arrowsOf(node);
    case 'MemberExpression':
      return membersOf(node);
    case 'ArrayExpression':
      return (node['elements'] as unknown[]).length > 0 ? [inPlace(node, '[]', 'empty list')] : [];
    default:
      return [];
  }
}

function operatorsOf(node: Node, source: string): Found[] {
  const operator = String(node['operator']);
  const [left, right] = [node['left'] as Node, node['right'] as Node];
  const at = source.indexOf(operator, left.end);
  if (at < 0 || at > right.start) return [];
  return (OPERATORS[operator] ?? []).map((text) => ({
    start: at,
    end: at + operator.length,
    text,
    what: `${operator} is ${text}`,
    reachedAt: left.start,
  }));
}

function literalsOf(node: Node): Found[] {
  const { value, raw } = node as unknown as { value: unknown; raw: string };
  if (typeof value === 'boolean') return [inPlace(node, String(!value), `${raw} is ${String(!value)}`)];
  if (typeof value === 'number') return [inPlace(node, String(value + 1), `${raw} is one more`)];
  if (typeof value === 'bigint') return [inPlace(node, `${value + 1n}n`, `${raw} is one more`)];
  return typeof value === 'string' && value !== '' ? [inPlace(node, "''", `${raw} is empty`)] : [];
}

/** What it would have worked out is undefined. */
function arrowsOf(node: Node): Found[] {
  const body = node['body'] as Node & { name?: string };
  return body.type === 'BlockStatement' || body.name === 'undefined' ? [] : [inPlace(body, 'undefined as never', 'answers nothing')];
}

function membersOf(node: Node): Found[] {
  const name = node['property'] as Node & { name?: string };
  const opposite = node['computed'] ? undefined : OPPOSITES[name.name ?? ''];
  return opposite ? [inPlace(name, opposite, `${name.name} is ${opposite}`)] : [];
}

const inPlace = ({ start, end }: Node, text: string, what: string): Found => ({ start, end, text, what });
const textOf = ({ start, end }: Node, source: string): string => source.slice(start, end);
