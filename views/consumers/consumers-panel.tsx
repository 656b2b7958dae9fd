import { type ConsumerEntry, ConsumerRow } from '#views/consumers/consumer-row.tsx'
import { CONSUMERS_HEAD_ID, consumerRowId } from '#views/ids.ts'
import { newConsumerHref } from '#views/locations/paths.ts'
import { Panel } from '#views/ui/panel.tsx'

export type ConsumersPanelProps = {
  locationId: number
  consumers: ConsumerEntry[]
  /** The row that was just saved. */
  savedId: number | null
}

/** The gensets or tugs of a location, those out of use as well. */
export function ConsumersPanel({ locationId, consumers, savedId }: ConsumersPanelProps) {
  return (
    <Panel id="consumers" heading="Genset dan kapal" aside={<AddLink locationId={locationId} />}>
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

export function ConsumersHead() {
  return (
    <thead id={CONSUMERS_HEAD_ID}>
      <tr>
        <th scope="col" class="c-name">
          Nama
        </th>
        <th scope="col" class="c-kind">
          Jenis
        </th>
        <th scope="col" class="c-power num">
          Daya (kW)
        </th>
        <th scope="col" class="c-state">
          Status
        </th>
        <th scope="col" class="c-end">
          <span class="visually-hidden">Tindakan</span>
        </th>
      </tr>
    </thead>
  )
}

/** Without a script a page of its own; with one an empty row on top of the table. */
function AddLink({ locationId }: { locationId: number }) {
  const href = newConsumerHref(locationId)
  return (
    <a
      class="button compact"
      href={href}
      hx-get={href}
      hx-target={`#${CONSUMERS_HEAD_ID}`}
      hx-swap="afterend"
      hx-sync="this:drop"
      data-opens={consumerRowId('new')}
    >
      Tambah genset atau kapal
    </a>
  )
}
