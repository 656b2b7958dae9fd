CREATE TABLE `consumer_days` (
	`location_id` int unsigned NOT NULL,
	`consumer_id` int unsigned NOT NULL,
	`business_day` date NOT NULL,
	`litres` decimal(18,2) NOT NULL,
	`entries` int NOT NULL,
	CONSTRAINT `consumer_days_location_id_business_day_consumer_id_pk` PRIMARY KEY(`location_id`,`business_day`,`consumer_id`)
);
--> statement-breakpoint
ALTER TABLE `consumer_days` ADD CONSTRAINT `consumer_days_location_id_locations_id_fk` FOREIGN KEY (`location_id`) REFERENCES `locations`(`id`) ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `consumer_days` ADD CONSTRAINT `consumer_days_consumer_id_consumers_id_fk` FOREIGN KEY (`consumer_id`) REFERENCES `consumers`(`id`) ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
INSERT INTO `consumer_days` (`location_id`, `business_day`, `consumer_id`, `litres`, `entries`)
	SELECT * FROM (
		SELECT `used`.`location_id`, `used`.`business_day`, `used`.`consumer_id`, sum(`used`.`litres`) AS `sum_litres`, count(*) AS `sum_entries`
		FROM `transactions` AS `used` LEFT JOIN `transactions` AS `reversal` ON `reversal`.`reverses_id` = `used`.`id`
		WHERE `used`.`consumer_id` IS NOT NULL AND `used`.`type` = 'OUT' AND `used`.`reverses_id` IS NULL AND `reversal`.`id` IS NULL
		GROUP BY `used`.`location_id`, `used`.`business_day`, `used`.`consumer_id`
	) AS `days`
	ON DUPLICATE KEY UPDATE `litres` = `sum_litres`, `entries` = `sum_entries`;
