import type { KeyView } from '#src/keys/queries.ts'

/** A key for programs, without what makes it one. */
export function keyJson({ locationName: _, ...key }: KeyView) {
  return {
    ...key,
    createdAt: key.createdAt.toISOString(),
    lastUsedAt: key.lastUsedAt?.toISOString() ?? null,
    revokedAt: key.revokedAt?.toISOString() ?? null,
  }
}
