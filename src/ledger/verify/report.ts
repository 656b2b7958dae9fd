import type { Litres } from '#src/units/litres.ts'

/** Gets each difference, or each remark, as a sentence. */
export type Report = (sentence: string) => void

export type Place = { id: number; code: string; capacityLitres: Litres | null; zone: string }
