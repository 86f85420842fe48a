import { useTranslation } from 'react-i18next';

export function NumberPad({
  label,
  extra,
  onKey,
  onErase,
}: {
  label: string;
  extra?: string | undefined;
  onKey: (key: string) => void;
  onErase: () => void;
}) {
  const { t } = useTranslation();
  // The focus stays in the field: a press here is no leaving.
  const stay = (event: { preventDefault(): void }) => event.preventDefault();
  const key = (text: string) => (
    <button
      key={text}
      type="button"
      tabIndex={-1}
      onPointerDown={stay}
      onMouseDown={stay}
      onClick={() => onKey(text)}
    >
      {text}
    </button>
  );
  return (
    <fieldset className="k-pad">
      <legend className="k-unseen">{label}</legend>
      {['1', '2', '3', '4', '5', '6', '7', '8', '9'].map(key)}
      {extra ? key(extra) : <span />}
      {key('0')}
      <button
        type="button"
        tabIndex={-1}
        aria-label={t('erase')}
        onPointerDown={stay}
        onMouseDown={stay}
        onClick={onErase}
      >
        ⌫
      </button>
    </fieldset>
  );
}
