import type { z } from 'zod'
import type { KeyAnswer } from '#src/keys/answers.ts'
import type { KeyView } from '#src/keys/queries.ts'

/** A key for programs, without what makes it one. */
export function keyJson({ locationName: _, ...key }: KeyView): z.input<typeof KeyAnswer> {
  return {
    ...key,
    createdAt: key.createdAt.toISOString(),
    lastUsedAt: key.lastUsedAt?.toISOString() ?? null,
    revokedAt: key.revokedAt?.toISOString() ?? null,
  }
}
