import { expect } from 'bun:test'
import { asc, gt } from 'drizzle-orm'
import { entries } from '#src/database/schema/transactions.ts'
import { Rejected } from '#src/rejected.ts'
import type { RealDepot } from '#tests/ledger/model/depot.ts'
import { judgeFile, type ModelFile } from '#tests/ledger/model/files.ts'
import { append } from '#tests/ledger/model/send.ts'
import type { Model } from '#tests/ledger/model/state.ts'

/** Brings a file in, of which all must be booked or nothing, as the model says. */
export async function bring(model: Model, real: RealDepot, file: ModelFile): Promise<string> {
  const verdict = judgeFile(model, file)
  model.files.push(file)
  if (verdict.outcome === 'unusable') {
    const refusal = await real.bring(file).catch((error: unknown) => error)
    expect(refusal).toBeInstanceOf(Rejected)
    expect(refusal).toMatchObject({ status: 422, message: verdict.sentence })
    return `file: ${verdict.why}`
  }
  const result = await real.bring(file)
  expect({ said: verdict.outcome, ...result }).toMatchObject({ outcome: verdict.outcome })
  if (verdict.outcome === 'refused') {
    const found = result.reported.filter((problem) => problem.kind === 'breach')
    expect(result.problems).toBe(verdict.problems)
    expect(found.map(({ kind: _, cure: __, ...breach }) => breach)).toEqual(verdict.breaches)
  } else {
    const { booked } = verdict
    expect(result).toMatchObject({ booked, skipped: file.rows.length - booked })
    const { db } = real.depot
    const isNew = gt(entries.id, model.entries.at(-1)?.id ?? 0)
    const rows = await db
      .select({ id: entries.id })
      .from(entries)
      .where(isNew)
      .orderBy(asc(entries.id))
    append(
      model,
      verdict.drafts,
      rows.map(({ id }) => id),
    )
    for (const mark of verdict.marks) model.marks.add(mark)
  }
  return `file: ${verdict.why}`
}
