import { CHARTS_CSV_PATH, type ChartsFilterValues, chartsHref } from '#views/charts/filter.ts'
import { ButtonLink, Buttons } from '#views/ui/button.tsx'

/** The picture is made of the canvas, so its button comes with the script. */
export function Downloads({ filter, fileName }: { filter: ChartsFilterValues; fileName: string }) {
  return (
    <Buttons>
      <button class="button compact" type="button" hidden data-chart-png={`${fileName}.png`}>
        Unduh PNG
      </button>{' '}
      <ButtonLink size="compact" href={chartsHref(filter, CHARTS_CSV_PATH)}>
        Unduh CSV
      </ButtonLink>
    </Buttons>
  )
}
