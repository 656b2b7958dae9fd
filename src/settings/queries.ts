import { z } from 'zod'
import { keptUntilChanged } from '#src/audit/kept.ts'
import type { Db } from '#src/database/client.ts'
import { settings } from '#src/database/schema/settings.ts'

/** Who signs a report; empty until an admin has filled it in. */
export type Signatory = { name: string; position: string }

/** The four signatures under a report, in the order in which they stand there. */
export const SIGNATURES = ['prepared', 'checked', 'acknowledged', 'approved'] as const
export type Signature = (typeof SIGNATURES)[number]

/** What admins decide for the whole company. */
export type Settings = {
  companyName: string
  /** E-mail addresses that are told of low stock. */
  alertRecipients: string[]
  signatories: Record<Signature, Signatory>
}

/** Under which name each value is kept. */
export const NAMES = {
  companyName: 'company_name',
  alertRecipients: 'alert_recipients',
  signatory: (signature: Signature) => `signatory_${signature}`,
} as const

const NOBODY: Signatory = { name: '', position: '' }
const Recipients = z.array(z.string())
const KeptSignatory = z.object({ name: z.string(), position: z.string() })

/** The settings as they are now; what was never set is empty. */
export async function readSettings(db: Db): Promise<Settings> {
  return settingsOf(await db.select().from(settings))
}

/** The same for a page that knows the head of the administration's chain: most often they are known. */
export const readKeptSettings = keptUntilChanged(readSettings)

/** The settings that rows of the table say. */
export function settingsOf(rows: (typeof settings.$inferSelect)[]): Settings {
  const kept = new Map(rows.map(({ name, value }) => [name, value]))
  const recipients = kept.get(NAMES.alertRecipients)
  const signatory = (signature: Signature): Signatory => {
    const value = kept.get(NAMES.signatory(signature))
    return value === undefined ? NOBODY : KeptSignatory.parse(JSON.parse(value))
  }
  return {
    companyName: kept.get(NAMES.companyName) ?? '',
    alertRecipients: recipients === undefined ? [] : Recipients.parse(JSON.parse(recipients)),
    signatories: {
      prepared: signatory('prepared'),
      checked: signatory('checked'),
      acknowledged: signatory('acknowledged'),
      approved: signatory('approved'),
    },
  }
}
