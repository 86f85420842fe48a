import { WifiOutlined } from '@ant-design/icons';
import './reads.css';

/** Says that a card may be held to a reader now; still for those who want no motion. */
export function Waiting({ text, hint }: { text: string; hint?: string }) {
  return (
    <div className="xm-waiting" role="status">
      <WifiOutlined className="xm-waiting-icon" aria-hidden />
      <strong>{text}</strong>
      {hint && <span className="xm-soft">{hint}</span>}
    </div>
  );
}
