import { type ConsumerEntry, ConsumerRow } from '#views/consumers/consumer-row.tsx'
import { CONSUMERS_HEAD_ID, consumerRowId } from '#views/ids.ts'
import { newConsumerHref } from '#views/locations/paths.ts'
import { AddLink } from '#views/ui/edit-row.tsx'
import { Panel } from '#views/ui/panel.tsx'
import { PlainHead } from '#views/ui/plain-head.tsx'

export type ConsumersPanelProps = {
  locationId: number
  consumers: ConsumerEntry[]
  /** The row that was just saved. */
  savedId: number | null
}

/** The gensets or tugs of a location, those out of use as well. */
export function ConsumersPanel({ locationId, consumers, savedId }: ConsumersPanelProps) {
  return (
    <Panel
      id="consumers"
      heading="Genset dan kapal"
      aside={
        <AddLink
          look="compact"
          href={newConsumerHref(locationId)}
          headId={CONSUMERS_HEAD_ID}
          opens={consumerRowId('new')}
        >
          Tambah genset atau kapal
        </AddLink>
      }
    >
      <table class="table stack consumers-edited">
        <caption class="visually-hidden">Genset dan kapal lokasi ini</caption>
        <ConsumersHead />
        {consumers.map((consumer) => (
          <ConsumerRow consumer={consumer} isNew={consumer.id === savedId} />
        ))}
      </table>
      {consumers.length > 0 ? null : (
        <p class="panel-body soft">
          Belum ada. Tambahkan agar pemakaian bisa dicatat untuk genset atau kapal tertentu.
        </p>
      )}
    </Panel>
  )
}

const COLUMNS = [
  { class: 'c-name', label: 'Nama' },
  { class: 'c-kind', label: 'Jenis' },
  { class: 'c-power num', label: 'Daya (kW)' },
  { class: 'c-state', label: 'Status' },
]

export const ConsumersHead = () => <PlainHead id={CONSUMERS_HEAD_ID} columns={COLUMNS} />
