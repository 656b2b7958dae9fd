/** What comes of a piece of work, or what is thrown by `late` where that takes longer than so many milliseconds. */
export async function within<T>(ms: number, work: Promise<T>, late: () => Error): Promise<T> {
  const deadline = Promise.withResolvers<never>()
  const timer = setTimeout(() => deadline.reject(late()), ms)
  try {
    return await Promise.race([work, deadline.promise])
  } finally {
    clearTimeout(timer)
    // Nobody hears any more how work ends that came too late.
    work.catch(() => undefined)
  }
}
