export { gameDayCommand } from './command';
