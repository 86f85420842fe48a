import { BellOutlined } from '@ant-design/icons';
import { App, Button } from 'antd';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useNavigate } from 'react-router';
import type { Visit } from '../../server/contract/visits.ts';
import { currentLanguage } from '../i18n.ts';
import { showNotice } from './permission.ts';
import { useFollowedVisits, useWaiting } from './use-waiting.ts';

interface Notice {
  close(): void;
  /** Drawn into the page, not by the system. */
  inPage: boolean;
}

/**
 * Tells a host on whatever screen they are that a visitor waits for them: by the system, so that it is seen when the
 * window is not, and where that is refused, in the page, unless the page shows the visitor anyway. It goes when the
 * visitor waits no more.
 */
export function VisitNotices() {
  const { t } = useTranslation('notices');
  const { notification } = App.useApp();
  const navigate = useNavigate();
  const shown = useRef(new Map<string, Notice>());
  useFollowedVisits();
  const waiting = useWaiting();
  const { pathname, search } = useLocation();
  const seen = pathname === '/my-visitors' && !new URLSearchParams(search).has('tab');

  function show(visit: Visit): Notice | undefined {
    const { id, visitor, purpose } = visit;
    const key = `waiting-${id}`;
    const title = t('waiting.title', { name: visitor.name });
    const body = [visitor.organisation, purpose].filter(Boolean).join(' · ') || t('waiting.body');
    const open = () => void navigate(`/my-visitors?visit=${encodeURIComponent(id)}`);
    const system = showNotice({ tag: key, title, body, lang: currentLanguage(), onClick: open });
    if (system) return { close: () => system.close(), inPage: false };
    if (seen) return undefined;
    notification.open({
      key,
      role: 'alert',
      duration: false,
      placement: 'bottomRight',
      icon: <BellOutlined aria-hidden className="xm-notice-icon" />,
      title,
      description: body,
      actions: (
        <Button
          type="primary"
          onClick={() => {
            notification.destroy(key);
            open();
          }}
        >
          {t('waiting.open')}
        </Button>
      ),
    });
    return { close: () => notification.destroy(key), inPage: true };
  }

  const latest = useRef(show);
  useEffect(() => {
    latest.current = show;
  });
  useEffect(() => {
    const ids = new Set(waiting.map(({ id }) => id));
    for (const [id, notice] of shown.current) {
      if (ids.has(id) && !(seen && notice.inPage)) continue;
      notice.close();
      shown.current.delete(id);
    }
    for (const visit of waiting) {
      const notice = shown.current.has(visit.id) ? undefined : latest.current(visit);
      if (notice) shown.current.set(visit.id, notice);
    }
  }, [waiting, seen]);
  useEffect(() => {
    const all = shown.current;
    return () => {
      for (const notice of all.values()) notice.close();
      all.clear();
    };
  }, []);
  return null;
}
