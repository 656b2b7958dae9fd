ALTER TABLE `transactions`
	DROP INDEX `transactions_location_kind`,
	DROP INDEX `transactions_kind`,
	DROP INDEX `transactions_user`,
	DROP INDEX `transactions_litres`,
	DROP INDEX `transactions_location_litres`,
	ADD INDEX `transactions_location_kind` (`location_id`,`kind`,`occurred_at`,`id`,`type`,`litres`,`consumer_id`,`business_day`),
	ADD INDEX `transactions_kind` (`kind`,`occurred_at`,`id`,`type`,`location_id`,`litres`),
	ADD INDEX `transactions_user` (`user_id`,`occurred_at`,`id`,`type`,`location_id`,`litres`),
	ADD INDEX `transactions_litres` (`litres`,`id`,`type`,`kind`,`location_id`,`user_id`,`consumer_id`,`occurred_at`),
	ADD INDEX `transactions_location_litres` (`location_id`,`litres`,`id`,`type`,`kind`,`user_id`,`consumer_id`,`occurred_at`);
