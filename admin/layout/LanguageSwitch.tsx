import { GlobalOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { currentLanguage, switchLanguage } from '../i18n.ts';
import { ownNames } from '../language.ts';

/** One press to the other language, named in itself. */
export function LanguageSwitch({ dark = false }: { dark?: boolean }) {
  useTranslation('shell');
  const other = currentLanguage() === 'en' ? 'zh-CN' : 'en';
  return (
    <Button
      type="text"
      lang={other}
      icon={<GlobalOutlined aria-hidden />}
      style={dark ? { color: '#fff' } : undefined}
      onClick={() => void switchLanguage(other)}
    >
      {ownNames[other]}
    </Button>
  );
}
