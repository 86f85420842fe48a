import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client } from '../api.ts';
import { useKiosk } from '../context.ts';
import { failureOf } from '../failure.ts';
import { type FieldProps, TextField } from '../ui/Field.tsx';

type Found = { id: string; name: string }[];
/** Nobody browses the staff: so much of a name must be known, and only a few are shown. */
const least = 2;
const most = 6;

export function HostSearch(field: FieldProps) {
  const { flow, tell } = useKiosk();
  const { t } = useTranslation();
  const { host, department } = flow.draft;
  const [text, setText] = useState('');
  const [found, setFound] = useState<Found>();
  const whole = useRef<HTMLDivElement>(null);

  const wanted = host ? '' : text.trim();
  useEffect(() => {
    setFound(undefined);
    if ([...wanted].length < least) return;
    let late = false;
    const typing = setTimeout(() => {
      client('kiosk.hosts', { query: { text: wanted } }).then(
        (hosts) => !late && setFound(hosts),
        (error) => !late && failureOf(error) === 'offline' && tell({ type: 'network', online: false }),
      );
    }, 250);
    return () => {
      late = true;
      clearTimeout(typing);
    };
  }, [wanted, tell]);

  if (!flow.online) {
    return (
      <TextField
        {...field}
        hint={t('visit.host-away')}
        value={department}
        onChange={(value) => tell({ type: 'filled', draft: { department: value, host: undefined } })}
      />
    );
  }
  const pick = (picked: Found[number]) => {
    tell({ type: 'filled', draft: { host: picked } });
    setText(picked.name);
    // The names are gone with the one that was pressed.
    whole.current?.querySelector('input')?.focus();
  };
  return (
    <div ref={whole} className={field.wide ? 'k-host k-wide' : 'k-host'}>
      <TextField
        {...field}
        hint={t('visit.host-hint')}
        value={host?.name ?? text}
        onChange={(value) => {
          setText(value);
          if (host) tell({ type: 'filled', draft: { host: undefined } });
        }}
      />
      <div role="status" className={found ? 'k-found' : 'k-unseen'}>
        {found?.length === 0 ? t('visit.host-none') : null}
        {found?.slice(0, most).map((each) => (
          <button key={each.id} type="button" className="k-chip" onClick={() => pick(each)}>
            {each.name}
          </button>
        ))}
        {found && found.length > most ? <p>{t('visit.host-more')}</p> : null}
      </div>
    </div>
  );
}
