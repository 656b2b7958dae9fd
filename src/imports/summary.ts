import type { PlaceVerdict } from '#src/imports/booking.ts'
import type { ImportResult } from '#src/imports/service.ts'
import { formatLitres, groupThousands } from '#src/units/litres.ts'

/** What became of a file, in lines for a person. */
export function summarise(result: ImportResult): string[] {
  const { outcome, problems, booked, skipped } = result
  if (outcome === 'refused') return [`Tidak ada yang dibukukan: ${count(problems)} masalah.`]
  const isBooked = outcome === 'booked'
  return [
    isBooked ? `Dibukukan: ${count(booked)} baris.` : `Akan dibukukan: ${count(booked)} baris.`,
    `Dilewati karena sudah dibukukan: ${count(skipped)} baris.`,
    ...result.places.map((place) => describePlace(place)),
    ...(isBooked ? [] : ['Ini baru percobaan (--dry-run): tidak ada yang dibukukan.']),
  ]
}

function describePlace({ place, ...verdict }: PlaceVerdict): string {
  const { rowsIn, rowsOut, litresIn, litresOut, openingLitres, balance } = verdict
  const parts = [
    openingLitres > 0n && `stok awal ${formatLitres(openingLitres)} liter`,
    `masuk ${formatLitres(litresIn)} liter (${count(rowsIn)} baris)`,
    `keluar ${formatLitres(litresOut)} liter (${count(rowsOut)} baris)`,
    `sisa ${formatLitres(balance)} liter`,
  ].filter((part) => part !== false)
  return `${place.code}${place.id === null ? ' (lokasi baru)' : ''}: ${parts.join(', ')}`
}

const count = (rows: number): string => groupThousands(String(rows))
