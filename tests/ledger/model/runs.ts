import { expect } from 'bun:test'
import fc from 'fast-check'
import { compareDerived, compareEntries, compareHistory } from '#tests/ledger/model/compare.ts'
import type { RealDepot } from '#tests/ledger/model/depot.ts'
import { emptyModel, type Model } from '#tests/ledger/model/state.ts'
import { type Step, step } from '#tests/ledger/model/steps.ts'
import { take } from '#tests/ledger/model/take.ts'

type Command = fc.AsyncCommand<Model, RealDepot>
type Run = Iterable<Command>
/** How often each thing was tried, by what became of it. */
export type Tally = Map<string, number>

const LEAST = 60
const MOST = 63
const ENTRIES_COMPARED_EVERY = 10
/** A failure is cut down to few commands for so long, and no longer. */
const SHRINKING_MILLISECONDS = 40_000

/** Plays so many runs of at least 60 commands in both. Throws with the seed, and the fewest commands that still fail. */
export async function playRuns(
  real: RealDepot,
  { runs, seed }: { runs: number; seed: number | undefined },
): Promise<Tally> {
  const tally: Tally = new Map()
  let failedAt: number | null = null
  const count = (what: string) => {
    if (failedAt === null) tally.set(what, (tally.get(what) ?? 0) + 1)
  }
  const long = new LongRuns(step.map((one) => commandOf(one, count)))
  const property = fc.asyncProperty(long, async (run) => {
    if (failedAt !== null && Date.now() > failedAt + SHRINKING_MILLISECONDS) return
    try {
      await playRun(real, run)
    } catch (error) {
      failedAt ??= Date.now()
      throw error
    }
  })
  await fc.assert(property, { numRuns: runs, ...(seed !== undefined && { seed }) })
  return tally
}

async function playRun(real: RealDepot, run: Run): Promise<void> {
  const model = emptyModel()
  await fc.asyncModelRun(async () => {
    await real.reset()
    return { model, real }
  }, run)
  await compareEntries(model, real)
  await compareHistory(model, real)
  expect(await real.differences()).toEqual([])
}

const commandOf = (one: Step, count: (what: string) => void): Command => ({
  check: () => true,
  async run(model, real) {
    count(await take(model, real, one))
    count('command')
    await compareDerived(model, real)
    if (++model.steps % ENTRIES_COMPARED_EVERY === 0) await compareEntries(model, real)
  },
  toString: () => JSON.stringify(one),
})

/** Drawn anew until they are long enough: only what fails is cut shorter. */
class LongRuns extends fc.Arbitrary<Run> {
  readonly #runs: fc.Arbitrary<Run>
  readonly #length = fc.nat({ max: MOST })

  constructor(commands: fc.Arbitrary<Command>) {
    super()
    this.#runs = fc.commands([commands], { maxCommands: MOST, size: 'max' })
  }

  override generate(random: fc.Random, bias: number | undefined): fc.Value<Run> {
    for (;;) {
      // The length is the first thing drawn: where it is too short, the commands need not be made.
      while (this.#length.generate(random.clone(), undefined).value < LEAST) random.nextInt()
      const run = this.#runs.generate(random, bias)
      // Read past its getter, which would hand a copy to the test: nobody would learn then which commands ran.
      if ([...run.value_].length >= LEAST) return run
    }
  }

  override canShrinkWithoutContext(run: unknown): run is Run {
    return this.#runs.canShrinkWithoutContext(run)
  }

  override shrink(run: Run, context?: unknown): fc.Stream<fc.Value<Run>> {
    return this.#runs.shrink(run, context)
  }
}
