import { type Settings, SIGNATURES } from '#src/settings/queries.ts'

/** What is changed together: each part has a panel and a form of its own. */
export const PARTS = ['company', 'signatories', 'recipients'] as const
export type SettingsPart = (typeof PARTS)[number]

/** What a part says, for its version: another part may be changed meanwhile. */
export function partOf(
  { companyName, signatories, alertRecipients }: Settings,
  part: SettingsPart,
): object {
  if (part === 'company') return { companyName }
  return part === 'signatories' ? { signatories } : { alertRecipients }
}

/** The fields of its form. */
export function valuesOf(settings: Settings, part: SettingsPart): Record<string, string> {
  if (part === 'company') return { companyName: settings.companyName }
  if (part === 'recipients') return { alertRecipients: settings.alertRecipients.join('\n') }
  return Object.fromEntries(
    SIGNATURES.flatMap((signature) =>
      Object.entries(settings.signatories[signature]).map(([field, value]) => [
        `signatories.${signature}.${field}`,
        value,
      ]),
    ),
  )
}
