import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Language } from '../../server/contract/words.ts';
import { useKiosk } from '../context.ts';
import { progressOf } from '../flow/flow.ts';
import { FaultLine } from './FaultLine.tsx';
import { focusOnce } from './Field.tsx';

/** What stands on every screen: the school, the other language one tap away, whether the server answers. */
export function Frame({
  title,
  lead,
  children,
  foot,
}: {
  title: string;
  lead?: string;
  children: ReactNode;
  /** The buttons below. */
  foot?: ReactNode;
}) {
  const { flow, tell } = useKiosk();
  const { t } = useTranslation();
  const other: Language = flow.language === 'zh-CN' ? 'en' : 'zh-CN';
  const progress = progressOf(flow);
  return (
    <div className="k-screen" data-mode={flow.guard ? 'guard' : undefined}>
      <header className="k-head">
        <span className="k-school">
          {flow.guard ? t('guard.mode', { name: flow.guard.name }) : (flow.site?.school.name ?? t('kiosk'))}
        </span>
        <button
          type="button"
          className="k-language"
          lang={other}
          onClick={() => tell({ type: 'language', language: other })}
        >
          {other === 'en' ? 'English' : '中文'}
        </button>
      </header>
      {flow.online ? null : (
        <p className="k-away" role="status">
          {t('away')}
        </p>
      )}
      <main className="k-main">
        <div className="k-title">
          {/* The next screen begins at its heading, for those who hear it. */}
          <h1 tabIndex={-1} key={title} ref={focusOnce}>
            {title}
          </h1>
          {progress && progress.of > 1 ? <p className="k-progress">{t('progress', progress)}</p> : null}
        </div>
        {lead ? <p className="k-lead">{lead}</p> : null}
        <FaultLine />
        {children}
      </main>
      {foot ? <footer className="k-foot">{foot}</footer> : null}
    </div>
  );
}
