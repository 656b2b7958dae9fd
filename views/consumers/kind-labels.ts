/** Words on screen for each kind of consumer. */
export const CONSUMER_KIND_LABELS = { genset: 'Genset', tug: 'Kapal tunda' } as const

export type ConsumerKind = keyof typeof CONSUMER_KIND_LABELS
