export const CREATE_LOCATIONS_LABEL = 'Buat lokasi yang belum ada'

export function CreateLocations({ isChosen }: { isChosen: boolean }) {
  return (
    <p class="choice">
      <input
        type="checkbox"
        id="createLocations"
        name="createLocations"
        value="yes"
        checked={isChosen}
      />{' '}
      <label for="createLocations">{CREATE_LOCATIONS_LABEL}</label>
    </p>
  )
}
