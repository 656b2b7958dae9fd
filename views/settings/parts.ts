import type { SettingsPart } from '#src/settings/parts.ts'

export const SETTINGS_PATH = '/settings'

export const PART_HEADINGS: Record<SettingsPart, string> = {
  company: 'Perusahaan',
  signatories: 'Penanda tangan',
  recipients: 'Penerima peringatan',
}

export const partId = (part: SettingsPart): string => `settings-${part}`
export const partHref = (part: SettingsPart): string => `${SETTINGS_PATH}/${part}`
export const partEditHref = (part: SettingsPart): string => `${partHref(part)}/edit`
