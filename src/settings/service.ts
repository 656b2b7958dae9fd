import { eq } from 'drizzle-orm'
import { ADMINISTRATION_CHAIN, recordChange } from '#src/audit/service.ts'
import type { Db } from '#src/database/client.ts'
import { settings as table } from '#src/database/schema/settings.ts'
import { answerOnce, identify, type WriteRequest } from '#src/requests.ts'
import type { SettingsChange } from '#src/settings/input.ts'
import { partOf, type SettingsPart } from '#src/settings/parts.ts'
import { NAMES, type Settings, SIGNATURES, settingsOf } from '#src/settings/queries.ts'
import type { System } from '#src/system.ts'
import { checkVersion } from '#src/version.ts'

/** Who asks, and under which key. */
type By = { actor: { id: number }; request: WriteRequest }

/** A part of the settings as a form showed it. */
type Seen = { part: SettingsPart; version: string | undefined }

/**
 * Changes what is given and leaves the rest. `isRepeat` where this very request had done it before. Throws Rejected 409
 * where the part that a form showed has changed meanwhile.
 */
export async function changeSettings(
  system: System,
  { actor, request }: By,
  change: SettingsChange,
  seen?: Seen,
): Promise<{ settings: Settings; isRepeat: boolean }> {
  const sent = seen?.version === undefined ? change : [change, seen.version]
  const known = identify(request, { actorId: actor.id, sent })
  const { result, isRepeat } = await answerOnce(system, known, async (tx, look) => {
    await takeTurn(tx)
    const before = settingsOf(await tx.select().from(table))
    await look()
    if (seen) checkVersion(partOf(before, seen.part), seen.version)
    const after = withChange(before, change)
    if (JSON.stringify(after) === JSON.stringify(before)) return before
    await keep(tx, after)
    await recordChange(tx, {
      chain: ADMINISTRATION_CHAIN,
      at: system.now(),
      userId: actor.id,
      action: 'settings.change',
      subject: 'settings',
      before,
      after,
    })
    return after
  })
  return { settings: result, isRepeat }
}

/**
 * The row of the time zone is always there. By locking all rows two changes would not take turns: whoever has read past
 * the place of a row that another one is adding never sees it.
 */
async function takeTurn(tx: Db): Promise<void> {
  await tx.select().from(table).where(eq(table.name, 'timezone')).for('update')
}

function withChange(before: Settings, change: SettingsChange): Settings {
  const { signatories = {} } = change
  const signatoryOf = (signature: (typeof SIGNATURES)[number]) => {
    const { name, position } = signatories[signature] ?? before.signatories[signature]
    return { name, position }
  }
  return {
    companyName: change.companyName ?? before.companyName,
    alertRecipients: change.alertRecipients ?? before.alertRecipients,
    signatories: {
      prepared: signatoryOf('prepared'),
      checked: signatoryOf('checked'),
      acknowledged: signatoryOf('acknowledged'),
      approved: signatoryOf('approved'),
    },
  }
}

async function keep(tx: Db, { companyName, alertRecipients, signatories }: Settings) {
  const rows = [
    { name: NAMES.companyName, value: companyName },
    { name: NAMES.alertRecipients, value: JSON.stringify(alertRecipients) },
    ...SIGNATURES.map((signature) => ({
      name: NAMES.signatory(signature),
      value: JSON.stringify(signatories[signature]),
    })),
  ]
  for (const row of rows)
    await tx
      .insert(table)
      .values(row)
      .onDuplicateKeyUpdate({ set: { value: row.value } })
}
