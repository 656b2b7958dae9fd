import type { SettingsPart } from '#src/settings/parts.ts'
import type { Settings, Signatory } from '#src/settings/queries.ts'
import { Fact } from '#views/history/entry-facts.tsx'
import { KEYS_PATH } from '#views/keys/words.ts'
import { SIGNATURE_LABELS, SIGNATURES } from '#views/reports/words.ts'
import { PART_HEADINGS, partEditHref, partId } from '#views/settings/parts.ts'
import { RecordPanel } from '#views/ui/edit-panel.tsx'

export type SettingsPageProps = {
  settings: Settings
  /** The panel that was just saved. */
  saved: SettingsPart | null
}

const PARTS: SettingsPart[] = ['company', 'signatories', 'recipients']

/** What admins decide for the whole company, a panel for each part. */
export function SettingsPage({ settings, saved }: SettingsPageProps) {
  return (
    <>
      <div class="page-head">
        <h1>Pengaturan</h1>
        <p>
          <a href={KEYS_PATH}>Kunci API</a>
        </p>
      </div>
      <div class="settings">
        {PARTS.map((part) => (
          <SettingsPanel part={part} settings={settings} isNew={part === saved} />
        ))}
      </div>
    </>
  )
}

export type SettingsPanelProps = { part: SettingsPart; settings: Settings; isNew?: boolean }

/** A part as it is only read. */
export function SettingsPanel({ part, settings, isNew = false }: SettingsPanelProps) {
  return (
    <RecordPanel
      id={partId(part)}
      heading={PART_HEADINGS[part]}
      editHref={partEditHref(part)}
      isNew={isNew}
    >
      <dl class="facts">
        <PartFacts part={part} settings={settings} />
      </dl>
    </RecordPanel>
  )
}

function PartFacts({ part, settings }: Pick<SettingsPanelProps, 'part' | 'settings'>) {
  const { companyName, alertRecipients, signatories } = settings
  if (part === 'company') {
    return <Fact label="Nama perusahaan">{companyName || 'belum diisi'}</Fact>
  }
  if (part === 'recipients') {
    return (
      <Fact label="Stok menipis">
        <span class="as-typed">{alertRecipients.join('\n') || 'belum ada'}</span>
      </Fact>
    )
  }
  return (
    <>
      {SIGNATURES.map((signature) => (
        <Fact label={SIGNATURE_LABELS[signature]}>{signatoryInWords(signatories[signature])}</Fact>
      ))}
    </>
  )
}

const signatoryInWords = ({ name, position }: Signatory): string =>
  [name, position].filter((part) => part !== '').join(', ') || 'belum diisi'
