CREATE TABLE `location_months` (
	`location_id` int unsigned NOT NULL,
	`month` date NOT NULL,
	`litres_in` decimal(18,2) NOT NULL,
	`litres_out` decimal(18,2) NOT NULL,
	`rows_in` int unsigned NOT NULL,
	`rows_out` int unsigned NOT NULL,
	CONSTRAINT `location_months_location_id_month_pk` PRIMARY KEY(`location_id`,`month`)
);
--> statement-breakpoint
ALTER TABLE `location_months` ADD CONSTRAINT `location_months_location_id_locations_id_fk` FOREIGN KEY (`location_id`) REFERENCES `locations`(`id`) ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `location_balances` ADD `low_since` datetime(3);--> statement-breakpoint
ALTER TABLE `location_days` ADD `rows_in` int unsigned DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `location_days` ADD `rows_out` int unsigned DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `location_days` ADD `last_at` datetime;--> statement-breakpoint
ALTER TABLE `transactions`
	DROP INDEX `transactions_timeline`,
	DROP INDEX `transactions_location_timeline`,
	DROP INDEX `transactions_location_kind`,
	DROP INDEX `transactions_litres`,
	ADD INDEX `transactions_litres` (`litres`,`id`,`type`),
	ADD INDEX `transactions_timeline` (`occurred_at`,`id`,`type`,`location_id`,`litres`),
	ADD INDEX `transactions_location_timeline` (`location_id`,`occurred_at`,`id`,`type`,`litres`),
	ADD INDEX `transactions_location_kind` (`location_id`,`kind`,`occurred_at`,`litres`);--> statement-breakpoint
CREATE INDEX `transactions_kind` ON `transactions` (`kind`,`occurred_at`,`id`);--> statement-breakpoint
CREATE INDEX `transactions_user` ON `transactions` (`user_id`,`occurred_at`,`id`);--> statement-breakpoint
CREATE INDEX `transactions_consumer` ON `transactions` (`consumer_id`,`occurred_at`,`id`,`type`,`litres`);--> statement-breakpoint
CREATE INDEX `transactions_location_litres` ON `transactions` (`location_id`,`litres`,`id`,`type`);--> statement-breakpoint
SET SESSION innodb_ft_enable_stopword = OFF;--> statement-breakpoint
CREATE FULLTEXT INDEX `transactions_words` ON `transactions` (`notes`,`reference`);--> statement-breakpoint
INSERT INTO `location_days` (`location_id`, `business_day`, `net`, `litres_in`, `litres_out`, `entries_in`, `entries_out`, `lowest`, `highest`, `rows_in`, `rows_out`, `last_at`)
	SELECT `location_id`, `business_day`, 0, 0, 0, 0, 0, 0, 0, sum(`type` = 'IN'), sum(`type` = 'OUT'), max(`occurred_at`)
	FROM `transactions` GROUP BY `location_id`, `business_day`
	ON DUPLICATE KEY UPDATE `rows_in` = VALUES(`rows_in`), `rows_out` = VALUES(`rows_out`), `last_at` = VALUES(`last_at`);--> statement-breakpoint
INSERT INTO `location_months` (`location_id`, `month`, `litres_in`, `litres_out`, `rows_in`, `rows_out`)
	SELECT * FROM (
		SELECT `location_id`, date_format(`business_day`, '%Y-%m-01') AS `first_day`, sum(`litres_in`) AS `sum_in`, sum(`litres_out`) AS `sum_out`, sum(`rows_in`) AS `count_in`, sum(`rows_out`) AS `count_out`
		FROM `location_days` GROUP BY `location_id`, `first_day`
	) AS `months`
	ON DUPLICATE KEY UPDATE `litres_in` = `sum_in`, `litres_out` = `sum_out`, `rows_in` = `count_in`, `rows_out` = `count_out`;
