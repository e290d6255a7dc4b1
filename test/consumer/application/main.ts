import { platform } from '@example/platform';
import { Shop } from './shop';

const app = platform();
new Shop(app);
app.synth();
