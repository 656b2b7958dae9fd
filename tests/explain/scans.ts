import type { Asked, Step } from '#tests/explain/statements.ts'

/**
 * The steps of a plan that read the table from one end to the other, under whatever name the statement gives it: by its
 * rows (ALL), or along an index without an end.
 */
export function findScans(
  { sql, plan }: Pick<Asked, 'sql' | 'plan'>,
  table = 'transactions',
): Step[] {
  const names = namesOf(table, sql)
  return plan.filter((step) => {
    if (step.table === null || !names.has(step.table)) return false
    return step.type === 'ALL' || (step.type === 'index' && !endsByItself(sql, step, plan))
  })
}

/** "from `transactions` `reversal`" reads it under another name. */
function namesOf(table: string, sql: string): Set<string> {
  const pattern = `\\b(?:from|join)\\s+\\(*\`?${table}\`?(?:\\s+(?:as\\s+)?\`(\\w+)\`)?`
  return new Set([...sql.matchAll(new RegExp(pattern, 'gi'))].map(([, name]) => name ?? table))
}

/**
 * A walk along an index in the order asked for ends with the page: its SELECT has a LIMIT, and nothing is collected first
 * to be sorted or grouped, for which all of it would have to be read.
 */
function endsByItself(sql: string, { id }: Step, plan: Step[]): boolean {
  const isCollected = plan.some(
    (step) => step.id === id && /using (filesort|temporary)/i.test(step.extra),
  )
  return !isCollected && /\blimit \d+/i.test(selectWithId(sql, id ?? 1))
}

/** A plan numbers the SELECTs of a statement as they stand in it. What is nested in this one is left out. */
function selectWithId(sql: string, id: number): string {
  const starts = [...sql.matchAll(/\bselect\b/gi)].map(({ index }) => index)
  const start = starts[id - 1] ?? 0
  let depth = 0
  let own = ''
  for (const sign of sql.slice(start)) {
    if (sign === '(') depth++
    if (sign === ')') depth--
    if (depth < 0) break
    if (depth === 0) own += sign
  }
  return own
}
