import { PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { useApi } from '../api.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import { ErrorState } from '../ui/ErrorState.tsx';
import { Loading } from '../ui/Loading.tsx';
import { PageHeader } from '../ui/PageHeader.tsx';
import { RotatePassKey } from './RotatePassKey.tsx';
import { TypeCard } from './TypeCard.tsx';
import { TypeEditor } from './TypeEditor.tsx';
import './visitor-types.css';

/** The kind that is open stands in the address; a new one as `new`. */
const adding = 'new';

export function VisitorTypesPage() {
  const { t } = useTranslation('visitor-types');
  const { data, error, refetch } = useApi('visitor-types.list');
  const [search, setSearch] = useSearchParams();
  const open = search.get('type');
  const show = (type: string | undefined) => setSearch(type === undefined ? {} : { type });
  const type = data?.find(({ id }) => id === open);
  const add = (
    <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => show(adding)}>
      {t('add')}
    </Button>
  );
  return (
    <div className="xm-page">
      <PageHeader title={t('title')} hint={t('hint')} actions={add} />
      {!data && error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Loading />}
      {data?.length === 0 && <EmptyState title={t('none')} hint={t('none-hint')} />}
      {data && (
        <>
          <ul className="xm-types">
            {data.map((each) => (
              <TypeCard key={each.id} type={each} onOpen={() => show(each.id)} />
            ))}
          </ul>
          <RotatePassKey />
        </>
      )}
      {data && (type || open === adding) && (
        <TypeEditor key={open} type={type} count={data.length} onClose={() => show(undefined)} />
      )}
    </div>
  );
}
