import { useEffect, useState } from 'react';
import type { Language } from '../server/contract/words.ts';
import { Notice } from './Notice.tsx';
import { Pass } from './Pass.tsx';
import { languageOf, texts } from './texts.ts';
import { usePass } from './use-pass.ts';

/** A page for one pass, on a phone that has no account here. */
export function App() {
  const [language, setLanguage] = useState<Language>(() => languageOf(navigator.languages));
  const link = useLink();
  const t = texts[language];
  const other = language === 'en' ? 'zh-CN' : 'en';
  useEffect(() => {
    document.documentElement.lang = language;
    document.title = t.title;
  }, [language, t]);
  return (
    <>
      <header className="top">
        <h1>{t.title}</h1>
        <button type="button" lang={other} onClick={() => setLanguage(other)}>
          {t.other}
        </button>
      </header>
      <main>
        {link === '' ? (
          <Notice title={t.fault['no-link']} hint={t.fault['no-link-hint']} />
        ) : (
          <Linked key={link} link={link} language={language} />
        )}
      </main>
    </>
  );
}

/** What stands behind the `#`. */
function useLink(): string {
  const [link, setLink] = useState(linkHere);
  useEffect(() => {
    const changed = () => setLink(linkHere());
    addEventListener('hashchange', changed);
    return () => removeEventListener('hashchange', changed);
  }, []);
  return link;
}

const linkHere = () => location.hash.slice(1);

function Linked({ link, language }: { link: string; language: Language }) {
  const t = texts[language];
  const [shown, askNow] = usePass(link);
  if (shown === undefined) return <Notice title={t.loading} busy />;
  const { page, fault, ahead } = shown;
  if (page) return <Pass page={page} fault={fault} ahead={ahead} language={language} askNow={askNow} />;
  if (fault === 'gone') return <Notice title={t.fault.gone} hint={t.fault['gone-hint']} />;
  return (
    <Notice
      title={t.fault['nothing-kept']}
      hint={`${t.fault[fault ?? 'offline']}. ${t.fault['nothing-kept-hint']}`}
      action={{ text: t.again, run: askNow }}
    />
  );
}
