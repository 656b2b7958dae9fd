import { formatDayClock } from '#src/units/business-day.ts'
import { Fact } from '#views/history/entry-facts.tsx'
import { type KeyRow, placeOf, SCOPE_SENTENCES } from '#views/keys/words.ts'

/** What is known of a key. */
export function KeyFacts({ row }: { row: KeyRow }) {
  const { name, scope, prefix, createdClock, createdBy, lastUsedClock } = row
  return (
    <dl class="facts">
      <Fact label="Nama">{name}</Fact>
      <Fact label="Boleh">{SCOPE_SENTENCES[scope]}</Fact>
      <Fact label="Lokasi">{placeOf(row)}</Fact>
      <Fact label="Awal kunci">
        <code>{`${prefix}…`}</code>
      </Fact>
      <Fact label="Dibuat">{`${formatDayClock(createdClock)}, ${createdBy}`}</Fact>
      <Fact label="Terakhir dipakai">
        {lastUsedClock === null ? 'Belum pernah' : formatDayClock(lastUsedClock)}
      </Fact>
    </dl>
  )
}
