import { ScanOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import type { Ref } from 'react';
import { useTranslation } from 'react-i18next';
import { useTouch } from '../ui/use-media.ts';
import { visitListId, visitRowId } from './row-id.ts';

/** One field for a scanner, a number and a name. The list below is walked from here, so that it never loses the focus. */
export function ScanField({
  ref,
  value,
  listed,
  active,
  busy,
  onChange,
  onKey,
  onSubmit,
}: {
  ref: Ref<HTMLInputElement>;
  value: string;
  /** Whether there is a list below. */
  listed: boolean;
  /** Id of the visit that the arrows have reached. */
  active: string | undefined;
  busy: boolean;
  onChange: (value: string) => void;
  /** Whether the key was taken. */
  onKey: (key: string) => boolean;
  onSubmit: () => void;
}) {
  const { t } = useTranslation('visitors');
  // Where there is a keyboard, Enter does it.
  const touch = useTouch();
  return (
    <search className="xm-scan">
      <label className="xm-hidden" htmlFor="xm-scan">
        {t('scan.label')}
      </label>
      <ScanOutlined className="xm-scan-icon" aria-hidden />
      <input
        ref={ref}
        id="xm-scan"
        className="xm-scan-input"
        role="combobox"
        aria-expanded={listed}
        aria-controls={listed ? visitListId : undefined}
        aria-activedescendant={active && visitRowId(active)}
        aria-busy={busy}
        placeholder={t('scan.short')}
        autoComplete="off"
        autoCorrect="off"
        autoCapitalize="off"
        spellCheck={false}
        value={value}
        maxLength={300}
        onChange={({ target }) => onChange(target.value)}
        onKeyDown={(event) => {
          // A letter is still being composed of several keys.
          if (event.nativeEvent.isComposing) return;
          if (onKey(event.key)) event.preventDefault();
        }}
      />
      {touch && (
        <Button size="large" loading={busy} onClick={onSubmit}>
          {t('scan.find')}
        </Button>
      )}
    </search>
  );
}
