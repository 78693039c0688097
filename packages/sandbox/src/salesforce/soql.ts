export type Condition = {
  field: string;
  operator: "=" | "!=" | "IN" | "NOT IN" | "LIKE";
  /** One for = and !=. */
  values: (string | number | boolean | null)[];
};

export type Query = {
  fields: string[];
  /** Queries in brackets: `object` is a child relationship's name. */
  children: Query[];
  object: string;
  /** All must hold; of a list in brackets, one of it. */
  where: (Condition | Condition[])[];
  orderBy?: { field: string; descending: boolean };
  limit?: number;
};

export type ParsedQuery = { ok: true; query: Query } | { ok: false; message: string };

/**
 * The part of SOQL this fake knows: `SELECT a, b.c, (SELECT d FROM e) FROM o WHERE f = 'x' AND g IN ('y') ORDER BY f DESC LIMIT 5`.
 * Grammar: developer.salesforce.com, "SOQL SELECT Syntax".
 */
export function parseSoql(text: string): ParsedQuery {
  const tokens = text.match(/'(?:\\.|[^'\\])*'|[\w.:-]+|!=|[=(),]|\S/g) ?? [];
  const reader = { tokens, at: 0 };
  try {
    const query = readQuery(reader);
    if (reader.at < tokens.length) throw unexpected(reader);
    return { ok: true, query };
  } catch (error) {
    if (error instanceof SyntaxError) return { ok: false, message: error.message };
    throw error;
  }
}

type Reader = { tokens: string[]; at: number };

function readQuery(reader: Reader): Query {
  expect(reader, "SELECT");
  const fields: string[] = [];
  const children: Query[] = [];
  do {
    if (accept(reader, "(")) {
      children.push(readQuery(reader));
      expect(reader, ")");
    } else fields.push(next(reader));
  } while (accept(reader, ","));
  expect(reader, "FROM");
  const query: Query = { fields, children, object: next(reader), where: [] };
  if (accept(reader, "WHERE")) {
    do query.where.push(accept(reader, "(") ? readAlternatives(reader) : readCondition(reader));
    while (accept(reader, "AND"));
  }
  if (accept(reader, "ORDER")) {
    expect(reader, "BY");
    const field = next(reader);
    const descending = accept(reader, "DESC");
    if (!descending) accept(reader, "ASC");
    query.orderBy = { field, descending };
  }
  if (accept(reader, "LIMIT")) query.limit = Number(next(reader));
  return query;
}

function readAlternatives(reader: Reader): Condition[] {
  const alternatives = [readCondition(reader)];
  while (accept(reader, "OR")) alternatives.push(readCondition(reader));
  expect(reader, ")");
  return alternatives;
}

function readCondition(reader: Reader): Condition {
  const field = next(reader);
  if (accept(reader, "=")) return { field, operator: "=", values: [readLiteral(reader)] };
  if (accept(reader, "!=")) return { field, operator: "!=", values: [readLiteral(reader)] };
  if (accept(reader, "LIKE")) return { field, operator: "LIKE", values: [readLiteral(reader)] };
  const operator = accept(reader, "NOT") ? "NOT IN" : "IN";
  expect(reader, "IN");
  expect(reader, "(");
  const values = [readLiteral(reader)];
  while (accept(reader, ",")) values.push(readLiteral(reader));
  expect(reader, ")");
  return { field, operator, values };
}

function readLiteral(reader: Reader): string | number | boolean | null {
  const token = next(reader);
  if (token.startsWith("'")) return token.slice(1, -1).replace(/\\(.)/g, "$1");
  if (/^(true|false)$/i.test(token)) return token.toLowerCase() === "true";
  if (/^null$/i.test(token)) return null;
  if (/^-?\d+(\.\d+)?$/.test(token)) return Number(token);
  if (/^\d{4}-\d\d-\d\d/.test(token)) return token;
  reader.at -= 1;
  throw unexpected(reader);
}

function accept(reader: Reader, word: string): boolean {
  const found = reader.tokens[reader.at]?.toUpperCase() === word;
  if (found) reader.at += 1;
  return found;
}

function expect(reader: Reader, word: string): void {
  if (!accept(reader, word)) throw unexpected(reader);
}

function next(reader: Reader): string {
  const token = reader.tokens[reader.at];
  if (token === undefined) throw unexpected(reader);
  reader.at += 1;
  return token;
}

function unexpected(reader: Reader): SyntaxError {
  return new SyntaxError(`unexpected token: '${reader.tokens[reader.at] ?? "<EOF>"}'`);
}
