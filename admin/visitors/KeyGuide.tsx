import { IdcardOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { useTouch } from '../ui/use-media.ts';

const rows = [
  { keys: ['↑', '↓'], what: 'walk' },
  { keys: ['Enter'], what: 'open' },
  { keys: ['←', '→'], what: 'list' },
  { keys: ['F2'], what: 'register' },
  { keys: ['F4'], what: 'main' },
  { keys: ['F8'], what: 'refuse' },
  { keys: ['F9'], what: 'print' },
  { keys: ['Esc'], what: 'back' },
] as const;

/** While no visit is open: what to do, and the keys that do it; on glass there are none, and little room. */
export function KeyGuide() {
  const { t } = useTranslation('visitors');
  const touch = useTouch();
  if (touch) return null;
  return (
    <div className="xm-guide">
      <IdcardOutlined className="xm-guide-icon" aria-hidden />
      <strong>{t('guide.title')}</strong>
      <p className="xm-soft">{t('guide.hint')}</p>
      <dl className="xm-guide-keys">
        {rows.map(({ keys, what }) => (
          <div key={what}>
            <dt>
              {keys.map((each) => (
                <kbd key={each} className="xm-key-cap">
                  {each}
                </kbd>
              ))}
            </dt>
            <dd>{t(`guide.${what}`)}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
